import { getNamedType, isInterfaceType, isObjectType, Kind, type GraphQLSchema, type SelectionSetNode } from 'graphql';
import type { CompiledPlan, FetchNode, PlanNode } from './compiled-plan.ts';
import { rootsOf } from './map-plan.ts';
import { createParseOnce, type ParseDocument } from './parse-once.ts';
import { fieldRequirements } from './field-requirements.ts';
import { createSubgraphTypes } from './subgraph-types.ts';

/**
 * Makes the check of a plan: it throws when a field is asked for before what it requires is there, as the subgraph would make
 * something up from nothing. One planner does that where a subgraph reaches an entity by itself. `schema` is the supergraph.
 */
export function createRequirementsCheck(schema: GraphQLSchema): (plan: CompiledPlan, parsed?: ParseDocument) => void {
  const requirements = fieldRequirements(schema);
  const { members } = createSubgraphTypes(schema);

  const check = (node: PlanNode | undefined, parsed: ParseDocument): void => {
    if (node === undefined) return;
    if (node.kind === 'fetch') checkFetch(node, parsed);
    else for (const one of node.kind === 'condition' ? [node.ifTrue, node.ifFalse] : node.nodes) check(one, parsed);
  };

  function checkFetch({ document, subgraph, target }: FetchNode, parsed: ParseDocument): void {
    const requiring = requirements.get(subgraph);
    if (requiring === undefined) return;
    for (const definition of parsed(document).definitions) {
      if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
      const isRepresented = target.kind === 'entities';
      const type = isRepresented ? undefined : schema.getRootType(definition.operation)?.name;
      for (const { selectionSet } of isRepresented ? entitiesOf(definition.selectionSet) : [definition])
        walk(selectionSet, { ...placeOf(subgraph, type), requiring, isRepresented });
    }
  }

  function walk({ selections }: SelectionSetNode, place: Place): void {
    const type = place.type === undefined ? undefined : schema.getType(place.type);
    for (const selection of selections) {
      if (selection.kind === Kind.INLINE_FRAGMENT)
        walk(selection.selectionSet, narrowed(place, selection.typeCondition?.name.value));
      if (selection.kind !== Kind.FIELD) continue;
      const name = selection.name.value;
      const requiring = place.isRepresented
        ? undefined
        : [place.type ?? '', ...(place.objects ?? [])].find((one) => place.requiring.has(`${one}.${name}`));
      if (requiring !== undefined)
        throw new Error(`the plan asks "${place.subgraph}" for ${requiring}.${name} before what it requires`);
      const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
      if (selection.selectionSet && field)
        walk(selection.selectionSet, {
          ...placeOf(place.subgraph, getNamedType(field.type).name),
          requiring: place.requiring,
          isRepresented: false,
        });
    }
  }

  function placeOf(subgraph: string, type: string | undefined): Pick<Place, 'subgraph' | 'type' | 'objects'> {
    return { subgraph, type, objects: type === undefined ? undefined : members(subgraph, type) };
  }

  function narrowed(place: Place, condition: string | undefined): Place {
    if (condition === undefined) return place;
    const meant = members(place.subgraph, condition);
    const { objects } = place;
    return { ...place, type: condition, objects: objects && new Set([...meant].filter((one) => objects.has(one))) };
  }

  return (plan, parsed = createParseOnce()) => rootsOf(plan).forEach((root) => check(root, parsed));
}

interface Place {
  readonly subgraph: string;
  readonly requiring: ReadonlyMap<string, unknown>;
  readonly type: string | undefined;
  /** What is asked there is asked of these, of which one may require what another has; undefined where entities are looked up. */
  readonly objects: ReadonlySet<string> | undefined;
  /** Whether the subgraph was sent a representation of the object. */
  readonly isRepresented: boolean;
}

function entitiesOf({ selections }: SelectionSetNode): readonly { readonly selectionSet: SelectionSetNode }[] {
  return selections.flatMap((one) =>
    one.kind === Kind.FIELD && one.selectionSet ? [{ selectionSet: one.selectionSet }] : [],
  );
}
