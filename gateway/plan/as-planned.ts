import { Kind, type FieldNode, type NameNode, type SelectionNode, type SelectionSetNode } from 'graphql';
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
  const changed = <Part extends { readonly selectionSet: SelectionSetNode }>(part: Part): Part => ({
    ...part,
    selectionSet: selectionsAsPlanned(part.selectionSet, typed),
  });
  return {
    definition: changed(definition),
    fragments: new Map([...fragments].map(([name, fragment]) => [name, changed(fragment)])),
  };
}

function selectionsAsPlanned({ kind, selections }: SelectionSetNode, typed: TypedFields): SelectionSetNode {
  return {
    kind,
    selections: selections.map((one) => {
      if (one.kind === Kind.FIELD) return fieldAsPlanned(one, typed);
      if (one.kind === Kind.FRAGMENT_SPREAD) return one;
      return { ...one, selectionSet: selectionsAsPlanned(one.selectionSet, typed) };
    }),
  };
}

/**
 * A field as planners are told of it: under its tree key, and with something to ask for whatever is skipped, as an object of which
 * nothing is left is still there. The gateway answers introspection itself: to the planner it is one more `__typename`.
 */
function fieldAsPlanned(field: FieldNode, typed: TypedFields): FieldNode {
  if (field.name.value.startsWith('__')) return TYPENAME;
  const key = treeKey(field);
  const isNamed = key === field.name.value;
  if (isNamed && field.alias === undefined && field.selectionSet === undefined) return field;
  // Members are replaced and not added: what is made so has the members of all other fields, and the engine knows it by them.
  const planned = isNamed && field.alias === undefined ? field : { ...field, alias: nameNode(key) };
  if (field.selectionSet === undefined) return planned;
  const { kind, selections } = selectionsAsPlanned(field.selectionSet, typed);
  if (selections.some(isUnconditionalField) && !isTypeNeeded(field, typed))
    return { ...planned, selectionSet: { kind, selections } };
  return { ...planned, selectionSet: { kind, selections: [TYPENAME, ...selections] } };
}

function nameNode(value: string): NameNode {
  return { kind: Kind.NAME, value };
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
