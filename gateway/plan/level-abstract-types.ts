import { isTypeDefinitionNode, Kind, parse, print, type FieldDefinitionNode, type TypeDefinitionNode } from 'graphql';
import { createAdoption } from './adopt-types.ts';
import { flag, join, namedType, subgraphNames, text } from './join-directives.ts';

/** Object types that a planner is told of and a subgraph has never heard of, or not as members of an abstract type. */
export interface ForeignTypes {
  /** By subgraph: the types that it does not have. */
  readonly unknown: ReadonlyMap<string, ReadonlySet<string>>;
  /** By subgraph and abstract type: the types that it has, but that are not among the type's members there. */
  readonly strangers: ReadonlyMap<string, ReadonlySet<string>>;
}

/** A supergraph for a planner, in which subgraphs that share a field agree on the members of its abstract type. */
export interface LevelledSupergraph {
  readonly sdl: string;
  readonly foreign: ForeignTypes;
}

/** The key of `ForeignTypes.strangers`. */
export function strangersKey(subgraph: string, abstractType: string): string {
  return `${subgraph} ${abstractType}`;
}

/**
 * Where several subgraphs have a field and disagree on the members of its interface or union, planners ask for the members alone that
 * all have, and leave the fields of the others out in silence. So each such subgraph is given the members that it lacks: it will never
 * return one, and what the plan asks it of them is taken out again: see `forget-foreign-types.ts`.
 */
export function levelAbstractTypes(sdl: string): LevelledSupergraph {
  const document = parse(sdl, { noLocation: true });
  const types = new Map<string, TypeDefinitionNode>();
  for (const one of document.definitions) if (isTypeDefinitionNode(one)) types.set(one.name.value, one);
  const unknown = new Map<string, Set<string>>();
  const strangers = new Map<string, Set<string>>();
  const missing = missingMembers(types);
  if (missing.length === 0) return { sdl, foreign: { unknown, strangers } };
  const names = subgraphNames(types.get('join__Graph'));
  const adoption = createAdoption(types);
  for (const { graph, abstractType, member } of missing) {
    const subgraph = names.get(graph) ?? graph;
    const isKnown = graphsOf(types.get(member)).has(graph);
    if (isKnown && types.get(abstractType)?.kind === Kind.INTERFACE_TYPE_DEFINITION) continue;
    if (isKnown) add(strangers, strangersKey(subgraph, abstractType), member);
    for (const adopted of adoption.join(graph, abstractType, member)) add(unknown, subgraph, adopted);
  }
  const definitions = document.definitions.map((one) =>
    isTypeDefinitionNode(one) ? (adoption.types.get(one.name.value) ?? one) : one,
  );
  return { sdl: print({ ...document, definitions }), foreign: { unknown, strangers } };
}

interface MissingMember {
  readonly graph: string;
  readonly abstractType: string;
  readonly member: string;
}

function missingMembers(types: ReadonlyMap<string, TypeDefinitionNode>): readonly MissingMember[] {
  const found = new Map<string, MissingMember>();
  for (const type of types.values()) {
    if (type.kind !== Kind.OBJECT_TYPE_DEFINITION && type.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    for (const field of type.fields ?? [])
      for (const one of missingOf(field, type, types)) found.set(Object.values(one).join(' '), one);
  }
  return [...found.values()];
}

/** What the subgraphs that have a field lack of the members that others return there. */
function missingOf(
  field: FieldDefinitionNode,
  type: TypeDefinitionNode,
  types: ReadonlyMap<string, TypeDefinitionNode>,
): readonly MissingMember[] {
  const abstractType = namedType(field.type);
  if (!isAbstract(types.get(abstractType))) return [];
  const known = graphsOf(types.get(abstractType));
  const graphs = resolversOf(field, type).filter((graph) => known.has(graph));
  const members = graphs.map((graph) => [graph, membersOf(types, abstractType, graph)] as const);
  const all = [...new Set(members.flatMap(([, some]) => [...some]))];
  return members.flatMap(([graph, some]) =>
    all.filter((member) => !some.has(member)).map((member) => ({ graph, abstractType, member })),
  );
}

/** The subgraphs that can be asked for a field of a type. */
function resolversOf(field: FieldDefinitionNode, type: TypeDefinitionNode): readonly string[] {
  const joined = join(field.directives, 'field');
  if (joined.length === 0) return [...graphsOf(type)];
  return joined.flatMap((one) => {
    const graph = text(one, 'graph');
    return graph === undefined || flag(one, 'external') || flag(one, 'usedOverridden') ? [] : [graph];
  });
}

/** The subgraphs that know a type as what it is: not an interface as an object. */
function graphsOf(type: TypeDefinitionNode | undefined): ReadonlySet<string> {
  const joined = join(type?.directives, 'type').filter((one) => !flag(one, 'isInterfaceObject'));
  return new Set(joined.flatMap((one) => text(one, 'graph') ?? []));
}

function membersOf(types: ReadonlyMap<string, TypeDefinitionNode>, name: string, graph: string): ReadonlySet<string> {
  const type = types.get(name);
  if (type?.kind === Kind.UNION_TYPE_DEFINITION)
    return new Set(
      join(type.directives, 'unionMember').flatMap((one) =>
        text(one, 'graph') === graph ? (text(one, 'member') ?? []) : [],
      ),
    );
  const isMember = (one: TypeDefinitionNode): boolean =>
    one.kind === Kind.OBJECT_TYPE_DEFINITION &&
    join(one.directives, 'implements').some((it) => text(it, 'graph') === graph && text(it, 'interface') === name);
  return new Set([...types.values()].filter(isMember).map((one) => one.name.value));
}

function isAbstract(type: TypeDefinitionNode | undefined): boolean {
  return type?.kind === Kind.UNION_TYPE_DEFINITION || type?.kind === Kind.INTERFACE_TYPE_DEFINITION;
}

function add(to: Map<string, Set<string>>, key: string, value: string): void {
  const known = to.get(key);
  if (known === undefined) to.set(key, new Set([value]));
  else known.add(value);
}
