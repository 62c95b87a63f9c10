import { isInterfaceType, isObjectType, type GraphQLSchema } from 'graphql';
import type { CompiledPlan, EntityBatch, Path } from './compiled-plan.ts';
import { fieldRequirements, type FieldRequirements } from './field-requirements.ts';
import { fetchesInTurn } from './map-plan.ts';
import { createParseOnce } from './parse-once.ts';
import type { PlannedOperation } from './plan-in-series.ts';
import { createPlannedFields } from './planned-fields.ts';
import { partsOf, type PlannedPart } from './planned-parts.ts';
import { createSentNames } from './sent-names.ts';

/** Objects below objects of several types multiply: beyond this, what is lacking is told when the plan runs. */
const MAX_PLACES = 1_000;

/** Objects of a type at a place, what was asked for there before, and what a request asks for now. */
interface Place {
  readonly object: string;
  readonly before: readonly PlannedPart[];
  readonly now: readonly PlannedPart[];
}

/**
 * Makes the check of a plan: it throws when a field is asked for of objects of a type of which nobody was asked before for what the field
 * requires. Planners ask for it of some objects of an interface, and join them with others in one request; or they send what it requires
 * of all, and ask for that of some. `schema` is the supergraph.
 */
export function createRepresentationsCheck(schema: GraphQLSchema) {
  const requirements = fieldRequirements(schema);
  const names = namesOfFields(requirements);
  const planned = createPlannedFields(schema);
  const sentNames = createSentNames(planned);

  return (plan: CompiledPlan, { definition }: PlannedOperation, parse = createParseOnce()): void => {
    const object = schema.getRootType(definition.operation)?.name ?? '';
    for (const { fetch, before } of fetchesInTurn(plan)) {
      const { target } = fetch;
      const requiring = names.get(fetch.subgraph) ?? [];
      if (target.kind === 'root' || !requiring.some((name) => fetch.document.includes(name))) continue;
      const given = before.flatMap((one) => partsOf(one, object, parse));
      for (const batch of target.batches) {
        // Two lists of entities may stand at one path.
        const alone = { ...fetch, target: { ...target, batches: [batch] } };
        checkBatch(batch, { object, before: given, now: partsOf(alone, object, parse) });
      }
    }
  };

  function checkBatch(batch: EntityBatch, start: Place): void {
    for (const path of batch.paths) {
      const now = start.now.filter((one) => one.path === path);
      for (const place of placesAt(path, { ...start, now })) checkPlace(place, batch);
    }
  }

  /** The objects at a path, by their types and by those of the objects above them. */
  function placesAt(path: Path, start: Place): readonly Place[] {
    let places = [start];
    for (const segment of path) {
      if (segment.kind === 'type') places = places.filter(({ object }) => segment.types.has(object));
      if (segment.kind === 'key') places = places.flatMap((place) => below(place, segment.key));
      if (places.length > MAX_PLACES) return [];
    }
    return places;
  }

  function below({ object, before, now }: Place, key: string): Place[] {
    const given = planned.fieldsOf(before, object).get(key) ?? [];
    const wanted = planned.fieldsOf(now, object).get(key) ?? [];
    return [...planned.objectsAt(given)].map((one) => ({ object: one, before: given, now: wanted }));
  }

  function checkPlace({ object, before, now }: Place, { requires }: EntityBatch): void {
    const sent = new Set(sentNames(object, requires, before));
    for (const [part] of planned.fieldsOf(now, object).values()) {
      const [subgraph = '', name = ''] = [part?.request.subgraph, part?.field?.name.value];
      const needed = namesOf(object).flatMap((type) => requirements.get(subgraph)?.get(`${type}.${name}`) ?? []);
      if (needed.some((one) => !sent.has(one)))
        throw new Error(`the plan asks "${subgraph}" for ${object}.${name} before what it requires`);
    }
  }

  /** What a subgraph may call an object of a type. */
  function namesOf(object: string): readonly string[] {
    const type = schema.getType(object);
    if (!isObjectType(type) && !isInterfaceType(type)) return [object];
    return [object, ...type.getInterfaces().map(({ name }) => name)];
  }
}

/** By subgraph: the names of fields that require something. */
function namesOfFields(requirements: FieldRequirements): ReadonlyMap<string, readonly string[]> {
  return new Map(
    [...requirements].map(([subgraph, fields]) => [
      subgraph,
      [...fields.keys()].map((coordinate) => coordinate.slice(coordinate.indexOf('.') + 1)),
    ]),
  );
}
