import { expect, it } from '@jest/globals';
import { buildSchema, getLocation, getVariableValues, Kind, parse, print } from 'graphql';
import { forgetTokens } from './forget-tokens.ts';

const text = 'query ($count: Int!) {\n  a\n  b: c(d: [1]) { e }\n}';

function forgotten() {
  const document = parse(text);
  forgetTokens(document);
  const [operation] = document.definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('it has one operation');
  return { document, operation };
}

it('leaves the document, and the places of fields and variables, as they were', () => {
  const { document, operation } = forgotten();

  const places = operation.selectionSet.selections.map(({ loc }) => loc && getLocation(loc.source, loc.start));
  const { errors } = getVariableValues(buildSchema('type Query { a: Int }'), operation.variableDefinitions ?? [], {});

  expect(print(document)).toBe(print(parse(text)));
  expect(places).toEqual([
    { line: 2, column: 3 },
    { line: 3, column: 3 },
  ]);
  expect(errors?.[0]?.locations).toEqual([{ line: 1, column: 8 }]);
});

it('keeps no token', () => {
  const { document } = forgotten();

  const tokens: unknown[] = [];
  const look = (part: object): void => {
    for (const [key, value] of Object.entries(part) as [string, unknown][]) {
      if (key.endsWith('Token') && value !== undefined) tokens.push(value);
      if (typeof value === 'object' && value !== null) look(value);
    }
  };
  look(document);
  expect(tokens).toEqual([]);
});
