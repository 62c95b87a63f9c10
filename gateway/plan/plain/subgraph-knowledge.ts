import {
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type ConstDirectiveNode,
  type GraphQLField,
  type GraphQLOutputType,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql';
import { flag, isFalse, join, subgraphNames, text } from '../join-directives.ts';
import { percentageOf } from '../override-percentages.ts';
import { createSubgraphTypes } from '../subgraph-types.ts';
import { parseFieldSet } from './parse-field-set.ts';

/** A field as a subgraph has it. */
export interface SubgraphField {
  /** The name of its type there, without lists and exclamation marks. */
  readonly type: string;
  /** How it looks in an answer: equal for fields that may stand under one response key. */
  readonly shape: string;
  /** How many lists are within each other. */
  readonly lists: number;
  readonly requires: SelectionSetNode | undefined;
  readonly provides: SelectionSetNode | undefined;
  /** Whether it is another's, which the subgraph gives where a path provides it alone. */
  readonly isExternal: boolean;
}

export type SubgraphKnowledge = ReturnType<typeof createSubgraphKnowledge>;

/**
 * Reads from a supergraph what each subgraph knows and can be asked. `percentage` decides progressive overrides. Throws for supergraphs
 * of the first versions, which do not say which subgraph has which type.
 */
export function createSubgraphKnowledge(schema: GraphQLSchema, percentage: number) {
  const names = subgraphNames(schema.getType('join__Graph')?.astNode);
  const graphs = new Map([...names].map(([graph, name]) => [name, graph]));
  const { members } = createSubgraphTypes(schema);
  const fields = new Map<string, SubgraphField | undefined>();
  const resolvableKeys = new Map<string, readonly SelectionSetNode[]>();
  if (joinedTypes(schema.getQueryType()?.name ?? '').length === 0)
    throw new Error('a plan for a supergraph that does not say which subgraph has which type cannot be made');

  function joinedTypes(typeName: string, subgraph?: string): readonly ConstDirectiveNode[] {
    const joined = join(schema.getType(typeName)?.astNode?.directives, 'type');
    return subgraph === undefined ? joined : joined.filter((one) => text(one, 'graph') === graphs.get(subgraph));
  }

  /** A field of what a subgraph calls `typeName`; undefined where it has none, or none that can be asked for. */
  function field(subgraph: string, typeName: string, name: string): SubgraphField | undefined {
    const id = `${subgraph} ${typeName}.${name}`;
    if (!fields.has(id)) fields.set(id, fieldOf(subgraph, typeName, name));
    return fields.get(id);
  }

  function fieldOf(subgraph: string, typeName: string, name: string): SubgraphField | undefined {
    const type = schema.getType(typeName);
    const declared = isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
    if (declared === undefined || joinedTypes(typeName, subgraph).length === 0) return undefined;
    const joined = join(declared.astNode?.directives, 'field');
    const own = joined.find((one) => text(one, 'graph') === graphs.get(subgraph));
    if (own === undefined) return joined.length === 0 ? described(declared, undefined, false) : undefined;
    if (flag(own, 'usedOverridden') || isOverridden(own, percentage) || takesContext(own)) return undefined;
    const isKey = keys(subgraph, typeName).some(({ selections }) =>
      selections.some((one) => one.kind === Kind.FIELD && one.name.value === name),
    );
    return described(declared, own, flag(own, 'external') && !isKey);
  }

  /** The resolvable keys of what a subgraph calls `typeName`. */
  function keys(subgraph: string, typeName: string): readonly SelectionSetNode[] {
    const id = `${subgraph} ${typeName}`;
    const known = resolvableKeys.get(id) ?? joinedTypes(typeName, subgraph).flatMap(resolvableKey);
    resolvableKeys.set(id, known);
    return known;
  }

  /** Whether a subgraph knows an interface as an object. */
  function isInterfaceObject(subgraph: string, typeName: string): boolean {
    return joinedTypes(typeName, subgraph).some((one) => flag(one, 'isInterfaceObject'));
  }

  /** What a subgraph may call objects of a type: by their own name, or by that of an interface that it knows as an object. */
  function namesOf(subgraph: string, object: string): readonly string[] {
    if (joinedTypes(object, subgraph).length > 0) return [object];
    const type = schema.getType(object);
    const interfaces = isObjectType(type) ? type.getInterfaces() : [];
    return interfaces.flatMap(({ name }) => (isInterfaceObject(subgraph, name) ? [name] : []));
  }

  const subgraphs: readonly string[] = [...graphs.keys()];
  return { subgraphs, field, keys, isInterfaceObject, namesOf, members, schema };
}

function resolvableKey(joinedType: ConstDirectiveNode): readonly SelectionSetNode[] {
  const key = text(joinedType, 'key');
  return key === undefined || isFalse(joinedType, 'resolvable') ? [] : [parseFieldSet(key)];
}

function described(
  { type }: GraphQLField<unknown, unknown>,
  own: ConstDirectiveNode | undefined,
  isExternal: boolean,
): SubgraphField {
  const [requires, provides] = ['requires', 'provides'].map((one) => own && text(own, one));
  const told = (own && text(own, 'type')) ?? String(type);
  return {
    type: told.replaceAll(/[[\]!]/g, ''),
    shape: isCompositeType(getNamedType(type)) ? told.replaceAll(/\w/g, '') : told,
    lists: listsOf(type),
    requires: requires === undefined ? undefined : parseFieldSet(requires),
    provides: provides === undefined ? undefined : parseFieldSet(provides),
    isExternal,
  };
}

function listsOf(type: GraphQLOutputType): number {
  if (isNonNullType(type)) return listsOf(type.ofType);
  return isListType(type) ? 1 + listsOf(type.ofType) : 0;
}

/** Whether a progressive override takes the field from the subgraph, or does not give it the field. */
function isOverridden(own: ConstDirectiveNode, percentage: number): boolean {
  const label = text(own, 'overrideLabel');
  if (label === undefined) return false;
  const isInForce = percentage < (percentageOf(label) ?? 0);
  return isInForce === (text(own, 'override') === undefined);
}

function takesContext({ arguments: given }: ConstDirectiveNode): boolean {
  return given?.some(({ name }) => name.value === 'contextArguments') === true;
}
