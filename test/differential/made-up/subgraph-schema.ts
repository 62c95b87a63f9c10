import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  GraphQLError,
  Kind,
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql';
import { readFederation, type FieldFacts, type SubgraphFacts } from './read-federation.ts';
import { isRow, namesOf, valueOf, type Args, type DataObject, type MadeUpGraph, type Read } from './made-up-graph.ts';

/** An object as one subgraph holds it: what it can know of the row, and what it was sent. */
interface View {
  readonly __typename: string;
  readonly row: DataObject;
  readonly representation: Args | undefined;
  readonly provided: SelectionSetNode | undefined;
}

/** Tells the graph of the moment: mutations change it, and it is made anew. */
export type CurrentGraph = () => MadeUpGraph;

/**
 * Makes a subgraph executable. It is strict: asked for what it cannot know (an external field that nobody provides, a field that
 * another subgraph has taken over) or sent too little to answer, it gives an error.
 */
export function subgraphSchema(current: CurrentGraph, name: string): { schema: GraphQLSchema; typeDefs: DocumentNode } {
  const facts = readFederation(current().subgraphs, name);
  const resolvers: Record<string, Record<string, unknown>> = {};
  for (const [type, { fields, keys, isAbstract }] of facts.types) {
    const ofType: Record<string, unknown> = {};
    if (isAbstract) ofType['__resolveType'] = (view: View) => view.__typename;
    else for (const [field, fieldFacts] of fields) ofType[field] = resolverOf(field, fieldFacts);
    if (keys.length > 0) ofType['__resolveReference'] = (sent: Args) => resolveReference(type, sent);
    resolvers[type] = ofType;
  }
  return {
    schema: buildSubgraphSchema([{ typeDefs: facts.typeDefs, resolvers: resolvers as never }]),
    typeDefs: facts.typeDefs,
  };

  function resolverOf(field: string, facts: FieldFacts) {
    return (source: View | undefined, args: Args): unknown => {
      const provided = source && childSelection(source.provided, field, source.__typename);
      const value = fieldValue(source, { field, facts, args, isProvided: provided !== undefined });
      return viewed(value, facts.provides ?? provided?.selectionSet);
    };
  }

  function fieldValue(view: View | undefined, { field, facts, args, isProvided }: Asked): unknown {
    const graph = current();
    if (view === undefined) return valueOf(graph, { __typename: facts.parent }, field, args);
    if (facts.isTaken) throw new GraphQLError(`${name} was asked for ${facts.parent}.${field}, which it has lost`);
    if (facts.isExternal && !isProvided) return sentValue(view, field);
    if (!facts.isRequiring) return valueOf(graph, view.row, field, args);
    const { representation } = view;
    if (representation === undefined)
      throw new GraphQLError(`${name} was not sent what ${facts.parent}.${field} requires`);
    return graph.derived[`${facts.parent}.${field}`]?.(readSent(representation), args);
  }

  function sentValue({ representation }: View, field: string): unknown {
    if (representation !== undefined && field in representation) return representation[field];
    throw new GraphQLError(`${name} was asked for ${field}, which it does not know`);
  }

  function viewed(value: unknown, provided: SelectionSetNode | undefined): unknown {
    if (Array.isArray(value)) return value.map((item: unknown) => viewed(item, provided));
    if (!isRow(value)) return value;
    return { __typename: nameHere(facts, value), row: value, representation: undefined, provided };
  }

  function nameHere({ types }: SubgraphFacts, row: DataObject): string {
    const found = namesOf(current(), row).find((candidate) => types.get(candidate)?.isAbstract === false);
    return found ?? row.__typename;
  }

  function resolveReference(type: string, sent: Args): View | null {
    const graph = current();
    const keys = facts.types.get(type)?.keys ?? [];
    if (!keys.some((key) => isComplete(key, sent)))
      throw new GraphQLError(`${name} was sent no whole key of ${type}: ${JSON.stringify(sent)}`);
    const row = graph.rows.find(
      (candidate) =>
        namesOf(graph, candidate).includes(type) &&
        keys.some((key) => isComplete(key, sent) && matches(graph, candidate, key, sent)),
    );
    if (row === undefined || graph.isUnknown(name, row)) return null;
    return { __typename: nameHere(facts, row), row, representation: sent, provided: undefined };
  }
}

interface Asked {
  readonly field: string;
  readonly facts: FieldFacts;
  readonly args: Args;
  readonly isProvided: boolean;
}

/** What is selected of a field in an object of a type. */
function childSelection(selections: SelectionSetNode | undefined, name: string, type: string): FieldNode | undefined {
  for (const selection of selections?.selections ?? []) {
    if (selection.kind === Kind.FIELD && selection.name.value === name) return selection;
    if (selection.kind !== Kind.INLINE_FRAGMENT || selection.typeCondition?.name.value !== type) continue;
    const found = childSelection(selection.selectionSet, name, type);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isComplete(key: SelectionSetNode, sent: Args): boolean {
  return fieldsOf(key).every(({ name, selectionSet }) => {
    const value = sent[name.value];
    if (value === undefined) return false;
    return selectionSet === undefined || value === null || isComplete(selectionSet, value as Args);
  });
}

/** A key with a null in it names nothing. */
function matches(graph: MadeUpGraph, row: DataObject, key: SelectionSetNode, sent: Args): boolean {
  return fieldsOf(key).every(({ name, selectionSet }) => {
    const own = valueOf(graph, row, name.value, {});
    const value = sent[name.value];
    if (own === null || own === undefined || value === null) return false;
    return selectionSet === undefined || !isRow(own) ? own === value : matches(graph, own, selectionSet, value as Args);
  });
}

function fieldsOf(key: SelectionSetNode): FieldNode[] {
  return key.selections.filter((selection) => selection.kind === Kind.FIELD);
}

/** Reads what was sent; what was not sent is an error, and a null is a null. */
function readSent(sent: Args): Read {
  const read = (field: string): unknown => {
    if (!(field in sent)) throw new GraphQLError(`${field} was required and not sent: ${JSON.stringify(sent)}`);
    return readableSent(sent[field]);
  };
  return Object.assign(read, { has: (field: string) => field in sent });
}

function readableSent(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(readableSent);
  return typeof value === 'object' && value !== null ? readSent(value as Args) : value;
}
