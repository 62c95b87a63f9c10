import { isInterfaceType, isObjectType, Kind, parse, type GraphQLSchema, type SelectionSetNode } from 'graphql';
import type {
  CompiledPlan,
  EntityBatch,
  FetchNode,
  PathSegment,
  PlanNode,
  RequiredSelection,
  Rewrite,
} from './compiled-plan.ts';
import { mapFetches } from './map-plan.ts';
import { isFalse, join, subgraphNames, text } from './join-directives.ts';

/** The resolvable keys of a type in a subgraph, by the subgraph's and the type's name. */
type Keys = ReadonlyMap<string, readonly SelectionSetNode[]>;

type Types = ReadonlySet<string>;

/**
 * Makes what keeps plans from sending entities without a whole key, for one of which a subgraph may refuse them all. Planners join what
 * several types need, and send some of them without a key; or they call an object by its interface and send a key that it has as what
 * it is. The former are not sent any more, the latter are called what they are. Throws where nothing is left to be sent. `schema` is
 * the supergraph.
 */
export function createSendByKeys(schema: GraphQLSchema): (plan: CompiledPlan) => CompiledPlan {
  const keys = keysOf(schema);

  const changed = (from: FetchNode): PlanNode => {
    const { subgraph, target } = from;
    if (target.kind === 'root') return from;
    return { ...from, target: { ...target, batches: target.batches.map((one) => batch(one, subgraph)) } };
  };

  function batch(from: EntityBatch, subgraph: string): EntityBatch {
    const { requires, inputRewrites } = from;
    const types = new Set(requires.flatMap((one) => (one.kind === 'fragment' ? [...one.types] : [])));
    const isKey = (sent: readonly RequiredSelection[], name: string): boolean =>
      keys.get(`${subgraph} ${name}`)?.some((key) => isCovered(key, sent)) === true;
    const misnamed = new Set<string>();
    const keyless = new Set<string>();
    for (const type of types) {
      const sent = requires.filter((one) => one.kind === 'field' || one.types.has(type));
      const name = sentName(type, inputRewrites);
      // Of several fragments, those are sent of which nothing is missing when the plan runs.
      const isMisnamed = name !== type && sent.some((one) => isKey([one], type) && !isKey([one], name));
      if (isMisnamed) misnamed.add(type);
      else if (!isKey(sent, name)) keyless.add(type);
    }
    if (keyless.size === 0 && misnamed.size === 0) return from;
    if (keyless.size === types.size) throw new Error(`the plan sends "${subgraph}" no key of ${[...types].join(', ')}`);
    return {
      ...from,
      requires: requires.flatMap((one) => withoutTypes(one, keyless)),
      inputRewrites: inputRewrites.map((one) => sparing(one, misnamed)),
    };
  }

  return (plan) => mapFetches(plan, changed);
}

/** What a subgraph is told that an object of a type is. */
function sentName(type: string, rewrites: readonly Rewrite[]): string {
  return rewrites.reduce((name, rewrite) => {
    if (rewrite.kind !== 'set' || rewrite.key !== '__typename') return name;
    const isMeant = rewrite.path.every((segment) => segment.kind === 'type' && segment.types.has(name));
    return isMeant ? String(rewrite.value) : name;
  }, type);
}

/** A rewrite that leaves objects of some types as they are; one that goes by no type stays as it is. */
function sparing(rewrite: Rewrite, types: Types): Rewrite {
  const spared = (segment: PathSegment): PathSegment =>
    segment.kind === 'type' ? { ...segment, types: without(segment.types, types) } : segment;
  return { ...rewrite, path: rewrite.path.map(spared) };
}

function withoutTypes(part: RequiredSelection, others: Types): readonly RequiredSelection[] {
  if (part.kind === 'field') return [part];
  const types = without(part.types, others);
  return types.size === 0 ? [] : [{ ...part, types }];
}

function without(names: Types, others: Types): Types {
  return new Set([...names].filter((name) => !others.has(name)));
}

function isCovered({ selections }: SelectionSetNode, sent: readonly RequiredSelection[]): boolean {
  return selections.every((part) => {
    if (part.kind !== Kind.FIELD) return true;
    const same = fieldsNamed(part.name.value, sent);
    if (part.selectionSet === undefined) return same.length > 0;
    return isCovered(
      part.selectionSet,
      same.flatMap((one) => one.selections ?? []),
    );
  });
}

function fieldsNamed(name: string, sent: readonly RequiredSelection[]): readonly RequiredSelection[] {
  return sent.flatMap((one) => {
    if (one.kind === 'fragment') return fieldsNamed(name, one.selections);
    return one.name === name ? one : [];
  });
}

function keysOf(schema: GraphQLSchema): Keys {
  const names = subgraphNames(schema.getType('join__Graph')?.astNode);
  const keys = new Map<string, SelectionSetNode[]>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    for (const directive of join(type.astNode?.directives, 'type')) {
      const [graph, key] = [text(directive, 'graph'), text(directive, 'key')];
      if (graph === undefined || key === undefined || isFalse(directive, 'resolvable')) continue;
      const at = `${names.get(graph) ?? graph} ${type.name}`;
      keys.set(at, [...(keys.get(at) ?? []), selectionsOf(key)]);
    }
  }
  return keys;
}

function selectionsOf(fieldSet: string): SelectionSetNode {
  const [operation] = parse(`{ ${fieldSet} }`, { noLocation: true }).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error(`not a set of fields: ${fieldSet}`);
  return operation.selectionSet;
}
