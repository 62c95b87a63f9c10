import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Kind, parse } from 'graphql';
import type { OperationDefinitionNode } from 'graphql';
import { exampleVariables } from './example-variables.ts';
import { readExamples } from './read-examples.ts';
import { createRememberedIds } from './remembered-ids.ts';

describe('reading examples', () => {
  it('takes each named operation with its kind, laid out over lines', () => {
    const examples = readExamples('mutation Confirm($id: ID!) { confirm(id: $id) { id } }\nsubscription News { news }');

    expect(examples.map(({ name, kind }) => [name, kind])).toEqual([
      ['Confirm', 'mutation'],
      ['News', 'subscription'],
    ]);
    expect(examples[0]?.query).toBe('mutation Confirm($id: ID!) {\n  confirm(id: $id) {\n    id\n  }\n}\n');
  });

  it('keeps the comment right above an operation, and not the one that opens the file', () => {
    const [first, second] = readExamples('# The whole file.\n\nquery A { a }\n\n# Only B.\n# Twice.\nquery B { b }');

    expect(first?.query).toBe('query A {\n  a\n}\n');
    expect(second?.query).toBe('# Only B.\n# Twice.\nquery B {\n  b\n}\n');
  });
});

describe('the variables of the examples', () => {
  const folder = join(import.meta.dirname, '..', '..', '..', 'operations');
  const examples = readdirSync(folder)
    .filter((file) => file.endsWith('.graphql'))
    .flatMap((file) => readExamples(readFileSync(join(folder, file), 'utf8')));

  it.each(examples)('of $name are those that it declares', ({ name, query }) => {
    const [operation] = parse(query).definitions as OperationDefinitionNode[];
    const declared = operation?.variableDefinitions ?? [];
    const given = Object.keys(JSON.parse(exampleVariables(name) || '{}') as object);

    const names = declared.map(({ variable }) => variable.name.value);
    const needed = declared.filter(({ type }) => type.kind === Kind.NON_NULL_TYPE);
    expect(names).toEqual(expect.arrayContaining(given));
    expect(given).toEqual(expect.arrayContaining(needed.map(({ variable }) => variable.name.value)));
  });

  it('name in braces only what an answer can bring', () => {
    const { fill } = createRememberedIds(() => 0);

    for (const { name } of examples) {
      const braces = exampleVariables(name).match(/\{\{\w+\}\}/g) ?? [];
      for (const placeholder of braces) {
        const outcome = attempt(() => fill(placeholder));
        expect(outcome).toMatch(/^1970-01-|^Not sent: .* Run /);
      }
    }
  });
});

function attempt(work: () => unknown): string {
  try {
    return String(work());
  } catch (error) {
    return (error as Error).message;
  }
}
