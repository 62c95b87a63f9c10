import { getNamedType, isInterfaceType, isObjectType, Kind, type GraphQLSchema, type SelectionSetNode } from 'graphql';
import type { CompiledPlan, FetchNode, PlanNode } from './compiled-plan.ts';
import { rootsOf } from './map-plan.ts';
import { createParseOnce, type ParseDocument } from './parse-once.ts';
import { fieldRequirements } from './field-requirements.ts';

/**
 * Makes the check of a plan: it throws when a field is asked for before what it requires is there, as the subgraph would make
 * something up from nothing. One planner does that where a subgraph reaches an entity by itself. `schema` is the supergraph.
 */
export function createRequirementsCheck(schema: GraphQLSchema): (plan: CompiledPlan, parsed?: ParseDocument) => void {
  const requirements = fieldRequirements(schema);

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
      const root = schema.getRootType(definition.operation)?.name;
      for (const { selectionSet } of target.kind === 'root' ? [definition] : entitiesOf(definition.selectionSet))
        walk(selectionSet, { subgraph, requiring, type: root, isRepresented: target.kind === 'entities' });
    }
  }

  function walk({ selections }: SelectionSetNode, place: Place): void {
    const type = place.type === undefined ? undefined : schema.getType(place.type);
    for (const selection of selections) {
      if (selection.kind === Kind.INLINE_FRAGMENT)
        walk(selection.selectionSet, { ...place, type: selection.typeCondition?.name.value ?? place.type });
      if (selection.kind !== Kind.FIELD) continue;
      const name = selection.name.value;
      if (!place.isRepresented && place.requiring.has(`${place.type ?? ''}.${name}`))
        throw new Error(`the plan asks "${place.subgraph}" for ${place.type ?? ''}.${name} before what it requires`);
      const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
      if (selection.selectionSet && field)
        walk(selection.selectionSet, { ...place, type: getNamedType(field.type).name, isRepresented: false });
    }
  }

  return (plan, parsed = createParseOnce()) => rootsOf(plan).forEach((root) => check(root, parsed));
}

interface Place {
  readonly subgraph: string;
  readonly requiring: ReadonlyMap<string, unknown>;
  readonly type: string | undefined;
  /** Whether the subgraph was sent a representation of the object. */
  readonly isRepresented: boolean;
}

function entitiesOf({ selections }: SelectionSetNode): readonly { readonly selectionSet: SelectionSetNode }[] {
  return selections.flatMap((one) =>
    one.kind === Kind.FIELD && one.selectionSet ? [{ selectionSet: one.selectionSet }] : [],
  );
}
