import { Kind, type DocumentNode, type FragmentDefinitionNode, type SelectionSetNode } from 'graphql';
import type { OperationLimits } from './operation-limits.ts';

interface Size {
  readonly depth: number;
  readonly aliases: number;
  readonly fields: number;
  readonly rootFields: number;
}

/**
 * Says which limit a document breaks, in words for its author; undefined when it breaks none. Knows no schema and survives
 * documents that are not valid, because it must run before validation, whose cost a hostile document could blow up.
 */
export function brokenLimit(document: DocumentNode, limits: OperationLimits): string | undefined {
  const measure = measurer(document);
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    const size = measure(definition.selectionSet);
    if (size.depth > limits.maxDepth) return `The operation is deeper than ${limits.maxDepth} levels.`;
    if (size.aliases > limits.maxAliases) return `The operation has more than ${limits.maxAliases} aliases.`;
    if (size.rootFields > limits.maxRootFields)
      return `The operation has more than ${limits.maxRootFields} root fields.`;
    if (size.fields > limits.maxFields) return `The operation has more than ${limits.maxFields} fields.`;
  }
  return undefined;
}

const EMPTY: Size = { depth: 0, aliases: 0, fields: 0, rootFields: 0 };

/** Each fragment is measured once: measuring it at every spread would take exponential time on a hostile document. */
function measurer(document: DocumentNode): (selectionSet: SelectionSetNode) => Size {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const measured = new Map<string, Size>();

  function fragmentSize(name: string): Size {
    const known = measured.get(name);
    if (known !== undefined) return known;
    // Stands in while the fragment is measured, so that one that spreads itself ends; validation refuses it afterwards.
    measured.set(name, EMPTY);
    const fragment = fragments.get(name);
    const size = fragment === undefined ? EMPTY : sizeOf(fragment.selectionSet);
    measured.set(name, size);
    return size;
  }

  function sizeOf({ selections }: SelectionSetNode): Size {
    let [depth, aliases, fields, rootFields] = [0, 0, 0, 0];
    for (const selection of selections) {
      const isField = selection.kind === Kind.FIELD;
      const inner =
        selection.kind === Kind.FRAGMENT_SPREAD
          ? fragmentSize(selection.name.value)
          : selection.selectionSet === undefined
            ? EMPTY
            : sizeOf(selection.selectionSet);
      depth = Math.max(depth, inner.depth + (isField ? 1 : 0));
      aliases += inner.aliases + (isField && selection.alias !== undefined ? 1 : 0);
      fields += inner.fields + (isField ? 1 : 0);
      rootFields += isField ? 1 : inner.rootFields;
    }
    return { depth, aliases, fields, rootFields };
  }

  return sizeOf;
}
