import { Kind, visit, type ASTNode, type FieldNode, type SelectionNode } from 'graphql';
import { treeKey } from '../lib/tree-key.ts';
import type { PlannedOperation } from './plan-in-series.ts';

/** The names of fields whose objects are asked what they are. */
export interface TypedFields {
  /** Always: their objects may be of a type that clients must not see. */
  readonly ofHiddenTypes: ReadonlySet<string>;
  /** Where a fragment depends on it: their objects may be of several types. */
  readonly ofAbstractTypes: ReadonlySet<string>;
}

/** An operation as planners are told of it. */
export function asPlanned({ definition, fragments }: PlannedOperation, typed: TypedFields): PlannedOperation {
  const leave = (field: FieldNode): FieldNode => fieldAsPlanned(field, typed);
  const changed = <Part extends ASTNode>(part: Part): Part => visit(part, { [Kind.FIELD]: { leave } });
  return {
    definition: changed(definition),
    fragments: new Map([...fragments].map(([name, fragment]) => [name, changed(fragment)])),
  };
}

/**
 * A field as planners are told of it: under its tree key, and with something to ask for whatever is skipped, as an object of which
 * nothing is left is still there. The gateway answers introspection itself: to the planner it is one more `__typename`.
 */
function fieldAsPlanned(field: FieldNode, typed: TypedFields): FieldNode {
  if (field.name.value.startsWith('__')) return TYPENAME;
  const { alias: _clients, ...bare } = field;
  const key = treeKey(field);
  const planned: FieldNode = key === field.name.value ? bare : { ...bare, alias: { kind: Kind.NAME, value: key } };
  const { selectionSet } = field;
  if (selectionSet === undefined) return planned;
  if (selectionSet.selections.some(isUnconditionalField) && !isTypeNeeded(field, typed)) return planned;
  return { ...planned, selectionSet: { ...selectionSet, selections: [TYPENAME, ...selectionSet.selections] } };
}

/** A planner leaves out a fragment that never applies, and with it the `__typename` that tells so. */
function isTypeNeeded({ name, selectionSet }: FieldNode, typed: TypedFields): boolean {
  if (typed.ofHiddenTypes.has(name.value)) return true;
  if (!typed.ofAbstractTypes.has(name.value)) return false;
  return selectionSet?.selections.some(({ kind }) => kind !== Kind.FIELD) === true;
}

function isUnconditionalField({ kind, directives = [] }: SelectionNode): boolean {
  return kind === Kind.FIELD && directives.length === 0;
}

const TYPENAME: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };
