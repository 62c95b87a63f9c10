import type { RequiredSelection } from './compiled-plan.ts';
import type { createPlannedFields } from './planned-fields.ts';
import type { PlannedPart } from './planned-parts.ts';

/** Makes what tells what is sent of objects, by what was asked for before. */
export function createSentNames(planned: ReturnType<typeof createPlannedFields>) {
  /** The names of what is sent of an object: of each fragment for its type everything, or nothing where a part is lacking. */
  function sentNames(
    object: string,
    requires: readonly RequiredSelection[],
    before: readonly PlannedPart[],
  ): readonly string[] {
    return requires.flatMap((one) => {
      if (one.kind === 'field' || !one.types.has(object) || !isThere(object, one.selections, before)) return [];
      return one.selections.flatMap((part) => (part.kind === 'field' ? part.name : []));
    });
  }

  function isThere(object: string, needed: readonly RequiredSelection[], before: readonly PlannedPart[]): boolean {
    const given = planned.fieldsOf(before, object);
    return needed.every((one) => {
      if (one.kind === 'fragment') return !one.types.has(object) || isThere(object, one.selections, before);
      if (one.key === '__typename') return true;
      const parts = given.get(one.key) ?? [];
      const { selections } = one;
      if (!parts.some(({ isGiven }) => isGiven) || selections === undefined)
        return parts.some(({ isGiven }) => isGiven);
      return [...planned.objectsAt(parts)].every((below) => isThere(below, selections, parts));
    });
  }

  return sentNames;
}
