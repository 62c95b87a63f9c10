import { Kind, type FieldNode } from 'graphql';
import { responseKeyOf } from './response-key.ts';

/**
 * A field of a deferred fragment under an alias of its own: what the fragment and what others ask of one object stand apart. Derived from
 * the fragment's id and the client's response key, so that whoever plans and whoever reads the answer agree. A plain field without
 * anything below it stays as it is: it is the same for all, and a planner sees that it has it where it is a part of a key.
 */
export function deferredField(field: FieldNode, fragmentId: string): FieldNode {
  const clientKey = responseKeyOf(field);
  const isBare = clientKey === field.name.value && (field.arguments ?? []).length === 0;
  if (isBare && field.selectionSet === undefined) return field;
  return { ...field, alias: { kind: Kind.NAME, value: `${fragmentId}_${clientKey}` } };
}
