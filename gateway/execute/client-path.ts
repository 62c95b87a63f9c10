import { Kind, type FieldNode, type SelectionSetNode } from 'graphql';
import type { Operation } from '../context.ts';
import { treeKey } from '../lib/tree-key.ts';
import type { ResultPath } from './places.ts';

/** A place of the result: the client's key for it, and what is selected there. */
interface Place {
  readonly key: string;
  readonly selections: SelectionSetNode[];
  below: ReadonlyMap<string, Place> | undefined;
}

/**
 * Builds what turns the path of an error into the client's: under the client's aliases, not the keys that subgraphs were asked by.
 * A path into what was asked for the subgraphs' sake alone (`@key`, `@requires`) ends at the last place that the client knows.
 */
export function createClientPath(
  { definition, fragments }: Pick<Operation, 'definition' | 'fragments'>,
  clientKey: (field: FieldNode) => string = responseKey,
): (path: ResultPath) => ResultPath {
  const root: Place = { key: '', selections: [definition.selectionSet], below: undefined };

  function placesBelow({ selections }: Place): ReadonlyMap<string, Place> {
    const places = new Map<string, Place>();
    const visited = new Set<string>();
    const note = (field: FieldNode): void => {
      const key = treeKey(field);
      const place = places.get(key) ?? { key: clientKey(field), selections: [], below: undefined };
      if (field.selectionSet !== undefined) place.selections.push(field.selectionSet);
      places.set(key, place);
    };
    const collect = (set: SelectionSetNode | undefined): void => {
      for (const selection of set?.selections ?? []) {
        if (selection.kind === Kind.FIELD) note(selection);
        else if (selection.kind === Kind.INLINE_FRAGMENT) collect(selection.selectionSet);
        else if (!visited.has(selection.name.value)) {
          visited.add(selection.name.value);
          collect(fragments.get(selection.name.value)?.selectionSet);
        }
      }
    };
    selections.forEach(collect);
    return places;
  }

  return (path) => {
    const found: (string | number)[] = [];
    let place = root;
    for (const key of path) {
      if (typeof key === 'number') {
        found.push(key);
        continue;
      }
      place.below ??= placesBelow(place);
      const next = place.below.get(key);
      if (next === undefined) return found;
      found.push(next.key);
      place = next;
    }
    return found;
  };
}

function responseKey({ alias, name }: FieldNode): string {
  return (alias ?? name).value;
}
