import { Kind, type FieldNode, type GraphQLSchema, type SelectionSetNode } from 'graphql';
import { responseKeyOf } from '../lib/response-key.ts';
import { fieldsAsked } from './asked-fields.ts';
import type { CompiledPlan, ContextLookup, FetchNode } from './compiled-plan.ts';
import { createContextualFields, wayToValue, type FieldArgument } from './contextual-fields.ts';
import { createContextualNodes } from './contextual-nodes.ts';
import { fetchesOf } from './map-plan.ts';
import { createObjectTypes } from './object-types.ts';
import { createParseOnce, type ParseDocument } from './parse-once.ts';
import type { PlannedOperation } from './plan-in-series.ts';
import { createPlannedFields } from './planned-fields.ts';
import { plannedParts, type PlannedPart } from './planned-parts.ts';

/** Ten times what a large operation has: places that differ in the types of the objects above them count each. */
const MAX_PLACES = 20_000;
/** A place of the operation, and the object types that lead there from the root. */
interface Place {
  readonly asked: readonly SelectionSetNode[];
  readonly parts: readonly PlannedPart[];
  readonly above: readonly string[];
}

/**
 * Makes the check of a plan: it throws when a field that takes an argument from an object above (`@fromContext`) is asked for without
 * it, or with the value of another object than the nearest one that has the context. One planner leaves contexts out. The operation is
 * the one that was planned, without conditions. `schema` is the supergraph.
 */
export function createContextCheck(schema: GraphQLSchema) {
  const contextual = createContextualFields(schema);
  const contextualNodes = createContextualNodes(schema, contextual);
  const objectTypes = createObjectTypes(schema);
  const planned = createPlannedFields(schema);

  /** Visits each contextual field that the operation asks for, by the types of the objects above it. */
  function checkPlaces(plan: CompiledPlan, operation: PlannedOperation, parse: ParseDocument): ReadonlySet<FieldNode> {
    const checked = new Set<FieldNode>();
    let places = 0;
    const visitObject = ({ asked, parts, above }: Place, object: string): void => {
      if ((places += 1) > MAX_PLACES) throw new Error('the plan has too many places for contexts to be looked up');
      const types = [...above, object];
      const given = planned.fieldsOf(parts, object);
      for (const [key, below] of fieldsAsked(asked, object, { objectTypes, operation })) {
        const there = given.get(key) ?? [];
        for (const part of there) {
          const taken = contextual.argumentsOf(part.request.subgraph, object, part.field?.name.value ?? '');
          for (const one of taken) checkArgument(one, part, types);
          if (taken.length > 0 && part.field) checked.add(part.field);
        }
        if (below.length === 0) continue;
        for (const one of planned.objectsAt(there)) visitObject({ asked: below, parts: there, above: types }, one);
      }
    };
    const root = schema.getRootType(operation.definition.operation)?.name ?? '';
    const parts = plannedParts(plan, root, parse);
    visitObject({ asked: [operation.definition.selectionSet], parts, above: [] }, root);
    return checked;
  }

  /** `types` lead from the root to the object whose field takes the argument. */
  function checkArgument(argument: FieldArgument, part: PlannedPart, types: readonly string[]): void {
    const place = `"${part.request.subgraph}" for ${types.at(-1) ?? ''}.${part.field?.name.value ?? ''}`;
    const given = part.field?.arguments?.find(({ name }) => name.value === argument.name)?.value;
    const variable = given?.kind === Kind.VARIABLE ? given.name.value : undefined;
    const found = part.request.contexts.find((one) => one.variable === variable);
    if (found === undefined) throw new Error(`the plan asks ${place} without its context`);
    const entity = types.length - part.depth;
    const holders = contextual.holdersOf(argument.context);
    const nearest = types.findLastIndex((type, index) => index < types.length - 1 && holders.has(type));
    const way = wayToValue(argument, types[nearest] ?? '');
    const keys = way?.map(responseKeyOf).join();
    const lookup = found.lookups.find((one) => isMeant(one, types, entity));
    const isRight = nearest !== -1 && lookup?.levels === entity - nearest && lookup.keys.join() === keys;
    if (!isRight) throw new Error(`the plan asks ${place} with another context than the nearest`);
  }

  return (plan: CompiledPlan, operation: PlannedOperation, parse = createParseOnce()): void => {
    if (!contextual.areThere) return;
    const nodes = fetchesOf(plan).flatMap((fetch) => contextualNodes(fetch, parse));
    if (nodes.length === 0) return;
    if (plan.deferred !== undefined) throw new Error('the contexts of a plan that defers cannot be checked');
    const added = fetchesOf(plan).flatMap(namesAdded);
    const variables = (operation.definition.variableDefinitions ?? []).map(({ variable }) => variable.name.value);
    if (variables.some((name) => added.some((one) => name === one || name.startsWith(`${one}_`))))
      throw new Error('a plan in which variables of the client are called like those of contexts cannot be run');
    const checked = checkPlaces(plan, operation, parse);
    if (nodes.some((node) => !checked.has(node)))
      throw new Error('the plan asks for what depends on contexts where the operation does not');
  };
}

/** How variables are called, or begin to be called, that the planner and the executor add where values come from above. */
function namesAdded({ target }: FetchNode): readonly string[] {
  if (target.kind === 'root' || target.contexts === undefined) return [];
  const { batches, contexts } = target;
  return [...batches.map(({ representations }) => representations), ...contexts.map(({ variable }) => variable)];
}

/** Whether the executor looks for the value here: see `collect-by-context.ts`. */
function isMeant({ levels, types }: ContextLookup, above: readonly string[], entity: number): boolean {
  const index = entity - levels;
  return index >= 0 && (types === undefined || index === 0 || types.has(above[index] ?? ''));
}
