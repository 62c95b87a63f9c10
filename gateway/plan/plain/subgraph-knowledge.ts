import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  type ConstDirectiveNode,
  type FieldNode,
  type GraphQLField,
  type GraphQLOutputType,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql';
import { remembered } from '../../lib/remembered.ts';
import { createContextualFields, type FieldArgument } from '../contextual-fields.ts';
import { flag, isFalse, join, subgraphNames, text } from '../join-directives.ts';
import { NoPlan } from '../no-plan.ts';
import type { ObjectTypes } from '../object-types.ts';
import { percentageOf } from '../override-percentages.ts';
import { createSubgraphTypes, type SubgraphTypes } from '../subgraph-types.ts';
import { createFieldSets, parseFieldSet, type FieldSet } from './field-sets.ts';

/** A field as a subgraph has it. */
export interface SubgraphField {
  /** The name of its type there, without lists and exclamation marks. */
  readonly type: string;
  /** How it looks in an answer: equal for fields that may stand under one response key. */
  readonly shape: string;
  /** How many lists are within each other. */
  readonly lists: number;
  /** Whether the supergraph may have objects of several types there. */
  readonly isVague: boolean;
  readonly requires: FieldSet | undefined;
  /** The arguments that it takes from objects above (`@fromContext`). */
  readonly contexts: readonly FieldArgument[];
  readonly provides: SelectionSetNode | undefined;
  /** Whether it is another's, which the subgraph gives where a path provides it alone. */
  readonly isExternal: boolean;
  /** The interface as whose field it is asked for, where those of its objects look different; and what they give. */
  readonly enclosing?: Enclosing | undefined;
}

export interface Enclosing {
  readonly name: string;
  /** What the interface calls it. */
  readonly type: string;
  /** The object types that the fields of the objects may give. */
  readonly members: ReadonlySet<string>;
}

/** Whether a subgraph gives a field of any object that it gives, or knows by a key. */
export function needsNothing({ requires, contexts }: SubgraphField): boolean {
  return requires === undefined && contexts.length === 0;
}

export type SubgraphKnowledge = ReturnType<typeof createSubgraphKnowledge>;

/**
 * Reads from a supergraph what each subgraph knows and can be asked. `percentage` decides progressive overrides. Throws for supergraphs
 * of the first versions, which do not say which subgraph has which type.
 */
export function createSubgraphKnowledge(schema: GraphQLSchema, objectTypes: ObjectTypes, percentage: number) {
  const names = subgraphNames(schema.getType('join__Graph')?.astNode);
  const graphs = new Map([...names].map(([graph, name]) => [name, graph]));
  const { members } = createSubgraphTypes(schema);
  const fieldSet = createFieldSets(objectTypes);
  const contextual = createContextualFields(schema);
  if (!tellsWhoHasTypes(schema))
    throw new NoPlan('none found', 'a supergraph that does not say which subgraph has which type');

  const typesByGraph = remembered((typeName) => byGraph(join(schema.getType(typeName)?.astNode?.directives, 'type')));
  const joinedFields = remembered((typeName) =>
    remembered((name) => {
      const type = schema.getType(typeName);
      const declared = isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
      return declared && { declared, joined: byGraph(join(declared.astNode?.directives, 'field')) };
    }),
  );

  function joinedTypes(typeName: string, subgraph: string): readonly ConstDirectiveNode[] {
    return typesByGraph(typeName).get(graphs.get(subgraph)) ?? [];
  }

  const fieldsOf = remembered((subgraph) =>
    remembered((typeName) => remembered((name) => fieldOf(subgraph, typeName, name))),
  );
  const keysOf = remembered((subgraph) =>
    remembered((typeName) => joinedTypes(typeName, subgraph).flatMap((one) => resolvableKey(one, fieldSet))),
  );
  const interfaceObjects = remembered((subgraph) =>
    remembered((typeName) => joinedTypes(typeName, subgraph).some((one) => flag(one, 'isInterfaceObject'))),
  );

  function fieldOf(subgraph: string, typeName: string, name: string): SubgraphField | undefined {
    const known = joinedFields(typeName)(name);
    if (known === undefined || joinedTypes(typeName, subgraph).length === 0) return undefined;
    const { declared, joined } = known;
    const [own] = joined.get(graphs.get(subgraph)) ?? [];
    const contexts = contextual.argumentsOf(subgraph, typeName, name);
    if (own === undefined)
      return joined.size === 0 ? described(declared, undefined, { isExternal: false, contexts, fieldSet }) : undefined;
    if (flag(own, 'usedOverridden') || isOverridden(own, percentage)) return undefined;
    return described(declared, own, { isExternal: flag(own, 'external'), contexts, fieldSet });
  }

  const uneven = createUneven(fieldsOf, members);
  const namesIn = remembered((subgraph) => remembered((object) => namesOf(subgraph, object)));

  function namesOf(subgraph: string, object: string): readonly string[] {
    if (joinedTypes(object, subgraph).length > 0) return [object];
    return interfacesOf(schema, object).filter(interfaceObjects(subgraph));
  }

  return {
    schema,
    subgraphs: [...graphs.keys()] as readonly string[],
    /** A field of what a subgraph calls `typeName`; undefined where it has none, or none that can be asked for. */
    field: (subgraph: string, typeName: string, name: string) => fieldsOf(subgraph)(typeName)(name),
    /** The resolvable keys of what a subgraph calls `typeName`. */
    keys: (subgraph: string, typeName: string) => keysOf(subgraph)(typeName),
    /** Whether a subgraph knows an interface as an object. */
    isInterfaceObject: (subgraph: string, typeName: string) => interfaceObjects(subgraph)(typeName),
    /** What a subgraph may call objects of a type: by their own name, or by that of an interface that it knows as an object. */
    namesOf: (subgraph: string, object: string) => namesIn(subgraph)(object),
    /** Whether the objects that a subgraph may give as `typeName` say different things of a field, or others than that type says. */
    isUneven: (subgraph: string, typeName: string, name: string) => uneven(subgraph)(typeName)(name),
    /** Whether the field of an interface takes all the arguments that are given, by the supergraph. */
    takesAll: (typeName: string, field: FieldNode) => takesAll(schema, typeName, field),
    /** The interfaces of an object, by the supergraph. */
    interfacesOf: (object: string) => interfacesOf(schema, object),
    /** The object types that give a context its values. */
    holdersOf: contextual.holdersOf,
    members,
  };
}

function byGraph(directives: readonly ConstDirectiveNode[]): ReadonlyMap<string | undefined, ConstDirectiveNode[]> {
  const found = new Map<string | undefined, ConstDirectiveNode[]>();
  for (const one of directives) {
    const graph = text(one, 'graph');
    found.set(graph, [...(found.get(graph) ?? []), one]);
  }
  return found;
}

type ByName<Value> = (name: string) => Value;

function createUneven(fieldsOf: ByName<ByName<ByName<SubgraphField | undefined>>>, members: SubgraphTypes['members']) {
  return remembered((subgraph) =>
    remembered((typeName) =>
      remembered((name) => {
        const fields = [typeName, ...members(subgraph, typeName)].map((one) => fieldsOf(subgraph)(one)(name));
        return new Set(fields.flatMap((field) => (field === undefined ? [] : `${field.shape} ${field.type}`))).size > 1;
      }),
    ),
  );
}

function takesAll(schema: GraphQLSchema, typeName: string, { name, arguments: given = [] }: FieldNode): boolean {
  const type = schema.getType(typeName);
  const taken = isInterfaceType(type) ? type.getFields()[name.value]?.args : undefined;
  return given.every((argument) => taken?.some((one) => one.name === argument.name.value) === true);
}

function interfacesOf(schema: GraphQLSchema, object: string): readonly string[] {
  const type = schema.getType(object);
  return isObjectType(type) ? type.getInterfaces().map(({ name }) => name) : [];
}

/** Whether a supergraph says which subgraph has which type: those of the first versions do not. */
export function tellsWhoHasTypes(supergraph: GraphQLSchema): boolean {
  return join(supergraph.getQueryType()?.astNode?.directives, 'type').length > 0;
}

function resolvableKey(joinedType: ConstDirectiveNode, fieldSet: (text: string) => FieldSet): readonly FieldSet[] {
  const key = text(joinedType, 'key');
  return key === undefined || isFalse(joinedType, 'resolvable') ? [] : [fieldSet(key)];
}

function described(
  { type }: GraphQLField<unknown, unknown>,
  own: ConstDirectiveNode | undefined,
  {
    isExternal,
    contexts,
    fieldSet,
  }: Pick<SubgraphField, 'isExternal' | 'contexts'> & { fieldSet: (text: string) => FieldSet },
): SubgraphField {
  const [requires, provides] = ['requires', 'provides'].map((one) => own && text(own, one));
  const told = (own && text(own, 'type')) ?? String(type);
  return {
    type: told.replaceAll(/[[\]!]/g, ''),
    shape: isCompositeType(getNamedType(type)) ? told.replaceAll(/\w/g, '') : told,
    lists: listsOf(type),
    isVague: isAbstractType(getNamedType(type)),
    requires: requires === undefined ? undefined : fieldSet(requires),
    contexts,
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
