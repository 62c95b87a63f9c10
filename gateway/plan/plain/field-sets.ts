import { Kind, parse, visit, type FieldNode, type SelectionSetNode } from 'graphql';
import { remembered } from '../../lib/remembered.ts';
import { responseKeyOf } from '../../lib/response-key.ts';
import { treeKey } from '../../lib/tree-key.ts';
import type { RequiredSelection } from '../compiled-plan.ts';
import { NoPlan } from '../no-plan.ts';
import type { ObjectTypes } from '../object-types.ts';

/** The fields of a `@key` or `@requires`. Those that are written alike are one object. */
export interface FieldSet {
  readonly text: string;
  readonly selectionSet: SelectionSetNode;
  /** What is sent of an object that has these fields. */
  readonly sent: readonly RequiredSelection[];
}

/** Makes what reads the fields of a `@key` or `@requires`. */
export function createFieldSets(objectTypes: ObjectTypes): (text: string) => FieldSet {
  return remembered((text) => {
    const selectionSet = parseFieldSet(text);
    return { text, selectionSet, sent: sentOf(selectionSet, objectTypes) };
  });
}

/** Reads the fields of a `@key`, `@requires` or `@provides`, each under its tree key: what is asked for with arguments stands apart. */
export function parseFieldSet(fieldSet: string): SelectionSetNode {
  const [operation] = parse(`{ ${fieldSet} }`, { noLocation: true }).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error(`not a set of fields: ${fieldSet}`);
  return visit(operation.selectionSet, { [Kind.FIELD]: underTreeKey });
}

function underTreeKey(field: FieldNode): FieldNode | undefined {
  const key = treeKey(field);
  return key === field.name.value ? undefined : { ...field, alias: { kind: Kind.NAME, value: key } };
}

function sentOf({ selections }: SelectionSetNode, objectTypes: ObjectTypes): readonly RequiredSelection[] {
  return selections.flatMap((one): readonly RequiredSelection[] => {
    if (one.kind === Kind.FRAGMENT_SPREAD) return [];
    if (one.kind === Kind.INLINE_FRAGMENT) {
      const within = sentOf(one.selectionSet, objectTypes);
      const name = one.typeCondition?.name.value;
      return name === undefined ? within : [{ kind: 'fragment', types: objectTypes(name), selections: within }];
    }
    const key = responseKeyOf(one);
    const below = one.selectionSet && sentOf(one.selectionSet, objectTypes);
    const isTyped = one.selectionSet?.selections.some(({ kind }) => kind === Kind.INLINE_FRAGMENT) === true;
    return [
      { kind: 'field', key, name: one.name.value, selections: below && (isTyped ? [TYPENAME, ...below] : below) },
    ];
  });
}

/** Makes what tells what is sent for several field sets of one object: they may name the same field, which goes with what all need of it. */
export function createSentTogether(): (sets: readonly FieldSet[]) => readonly RequiredSelection[] {
  const known = new Map<string, readonly RequiredSelection[]>();
  return (sets) => {
    const id = sets.map(({ text }) => text).join('; ');
    let sent = known.get(id);
    if (sent === undefined) known.set(id, (sent = [TYPENAME, ...uniqueFields(sets.flatMap((one) => one.sent))]));
    return sent;
  };
}

function uniqueFields(all: readonly RequiredSelection[]): readonly RequiredSelection[] {
  const fields = new Map<string, RequiredSelection>();
  for (const one of all) {
    const id = one.kind === 'field' ? one.name : String(fields.size);
    const known = fields.get(id);
    if (known?.kind !== 'field' || one.kind !== 'field') fields.set(id, one);
    else if (known.key !== one.key)
      throw new NoPlan('none found', `a plan that sends two values for ${one.name} cannot be run`);
    else if (known.selections && one.selections)
      fields.set(id, { ...known, selections: uniqueFields([...known.selections, ...one.selections]) });
  }
  return [...fields.values()];
}

const TYPENAME: RequiredSelection = { kind: 'field', key: '__typename', name: '__typename', selections: undefined };
