import { isInterfaceType, isObjectType, Kind, parse, type GraphQLSchema, type SelectionSetNode } from 'graphql';
import type { CompiledPlan, EntityBatch, PlanNode, RequiredSelection } from './compiled-plan.ts';
import { isFalse, join, subgraphNames, text } from './join-directives.ts';
import { rootsOf } from './map-plan.ts';

/** The resolvable keys of a type in a subgraph, by the subgraph's and the type's name. */
type Keys = ReadonlyMap<string, readonly SelectionSetNode[]>;

/**
 * Makes the check of a plan: it throws when entities are sent to a subgraph without any key by which it could know them. One planner
 * takes a part of a key for the whole where keys overlap. `schema` is the supergraph.
 */
export function createKeysCheck(schema: GraphQLSchema): (plan: CompiledPlan) => void {
  const keys = keysOf(schema);

  const check = (node: PlanNode | undefined): void => {
    if (node === undefined) return;
    if (node.kind === 'condition') [node.ifTrue, node.ifFalse].forEach(check);
    else if (node.kind !== 'fetch') node.nodes.forEach(check);
    else if (node.target.kind === 'entities') for (const batch of node.target.batches) checkBatch(node.subgraph, batch);
  };

  function checkBatch(subgraph: string, { requires }: EntityBatch): void {
    for (const one of requires) {
      if (one.kind !== 'fragment') continue;
      const sent = requires.flatMap((other) =>
        other.kind === 'fragment' && [...other.types].some((type) => one.types.has(type)) ? other.selections : [other],
      );
      const names = [...one.types].flatMap((type) => [type, ...interfacesOf(type)]);
      const known = names.flatMap((type) => keys.get(`${subgraph} ${type}`) ?? []);
      if (known.some((key) => isCovered(key, sent))) continue;
      throw new Error(`the plan sends "${subgraph}" no key of ${[...one.types].join(', ')}`);
    }
  }

  /** A subgraph may know an object by its interface alone (`@interfaceObject`). */
  function interfacesOf(name: string): readonly string[] {
    const type = schema.getType(name);
    return isObjectType(type) ? type.getInterfaces().map((one) => one.name) : [];
  }

  return (plan) => rootsOf(plan).forEach(check);
}

function isCovered({ selections }: SelectionSetNode, sent: readonly RequiredSelection[]): boolean {
  const fields = fieldsOf(sent);
  return selections.every((part) => {
    if (part.kind !== Kind.FIELD) return true;
    const same = fields.filter((one) => one.kind === 'field' && one.name === part.name.value);
    if (part.selectionSet === undefined) return same.length > 0;
    return isCovered(
      part.selectionSet,
      same.flatMap((one) => one.selections ?? []),
    );
  });
}

function fieldsOf(selections: readonly RequiredSelection[]): readonly RequiredSelection[] {
  return selections.flatMap((one) => (one.kind === 'fragment' ? fieldsOf(one.selections) : [one]));
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
