import type { GraphQLSchema } from 'graphql';
import { fieldsAsked } from './asked-fields.ts';
import type { CompiledPlan } from './compiled-plan.ts';
import { createObjectTypes } from './object-types.ts';
import { createParseOnce } from './parse-once.ts';
import { createPlaceMemory, type Place } from './place-memory.ts';
import type { PlannedOperation } from './plan-in-series.ts';
import { createPlannedFields } from './planned-fields.ts';
import { plannedParts } from './planned-parts.ts';

/**
 * Makes the check of a plan: it throws when the plan asks nobody for a field that the operation asks for of a type of object that may
 * stand there; the field would be null, and look as if it were so. One planner leaves out what it finds no subgraph for, or asks for it
 * of another type. The operation is the one that was planned, without conditions. `schema` is the supergraph.
 */
export function createCompletenessCheck(schema: GraphQLSchema) {
  const objectTypes = createObjectTypes(schema);
  const planned = createPlannedFields(schema);
  const hidden = hiddenTypes(schema);

  return (plan: CompiledPlan, operation: PlannedOperation, parse = createParseOnce()): void => {
    const { selectionSet, operation: kind } = operation.definition;
    const rootType = schema.getRootType(kind)?.name ?? '';
    const wasSeen = createPlaceMemory();
    const check = (place: Place, mayComeAgain: boolean): void => {
      if (mayComeAgain && wasSeen(place)) return;
      const objects = planned.objectsAt(place.parts);
      for (const object of objects)
        if (!hidden.has(object)) checkObject(place, object, mayComeAgain || objects.size > 1);
    };

    const checkObject = ({ asked, parts, path }: Place, object: string, mayComeAgain: boolean): void => {
      const fields = fieldsAsked(asked, object, { objectTypes, operation });
      if (fields.size === 0) return;
      const given = planned.fieldsOf(parts, object);
      for (const [key, below] of fields) {
        const there = given.get(key) ?? [];
        if (!there.some(({ isGiven }) => isGiven))
          throw new Error(`the plan asks nobody for ${[...path, key].join('.')} of ${object}`);
        if (below.length > 0) check({ asked: below, parts: there, path: [...path, key] }, mayComeAgain);
      }
    };

    checkObject({ asked: [selectionSet], parts: plannedParts(plan, rootType, parse), path: [] }, rootType, false);
  };
}

function hiddenTypes(schema: GraphQLSchema): ReadonlySet<string> {
  const types = Object.values(schema.getTypeMap()).filter(
    ({ astNode }) => astNode?.directives?.some(({ name }) => /(?:^|__)inaccessible$/.test(name.value)) === true,
  );
  return new Set(types.map(({ name }) => name));
}
