import { Kind, parse, type SelectionSetNode } from 'graphql';
import { responseKeyOf } from '../lib/response-key.ts';

/** The response keys of an operation's root fields, `__typename` apart. Root fields within fragments count too. */
export function responseKeys(document: string): string[] {
  const operation = parse(document, { noLocation: true }).definitions.find(
    (definition) => definition.kind === Kind.OPERATION_DEFINITION,
  );
  return operation === undefined ? [] : [...keysOf(operation.selectionSet)];
}

function keysOf({ selections }: SelectionSetNode): Set<string> {
  const keys = new Set<string>();
  for (const selection of selections) {
    if (selection.kind === Kind.FIELD && selection.name.value !== '__typename') keys.add(responseKeyOf(selection));
    if (selection.kind === Kind.INLINE_FRAGMENT) for (const key of keysOf(selection.selectionSet)) keys.add(key);
  }
  return keys;
}
