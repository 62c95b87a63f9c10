import { Kind, parse, type SelectionSetNode } from 'graphql';
import { isTaken } from '../lib/conditional-selection.ts';
import { responseKeyOf } from '../lib/response-key.ts';
import type { FetchNode } from '../plan/compiled-plan.ts';

/**
 * A request for root fields without the keys that `@skip` and `@include` leave out with these variables: nobody misses them when it
 * fails. Any other request comes back as it is. Reads the text anew; for the rare case of a failure.
 */
export function withAskedKeys(fetch: FetchNode, variables: Readonly<Record<string, unknown>>): FetchNode {
  const { document, target } = fetch;
  if (target.kind !== 'root' || !document.includes('@')) return fetch;
  const operation = parse(document, { noLocation: true }).definitions.find(
    (definition) => definition.kind === Kind.OPERATION_DEFINITION,
  );
  const asked = new Set<string>();
  const collect = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (!isTaken(selection, variables)) continue;
      if (selection.kind === Kind.FIELD) asked.add(responseKeyOf(selection));
      else if (selection.kind === Kind.INLINE_FRAGMENT) collect(selection.selectionSet);
    }
  };
  if (operation !== undefined) collect(operation.selectionSet);
  return { ...fetch, target: { ...target, keys: target.keys.filter((key) => asked.has(key)) } };
}
