import type { ObjectTypes } from '../object-types.ts';
import type { Place, Source } from './place.ts';
import { isProvided } from './provided-fields.ts';
import { createReach, type Reach, type Reached } from './reach.ts';
import type { SubgraphField, SubgraphKnowledge } from './subgraph-knowledge.ts';

/** Who is asked for a field of an object, and how. */
export interface Way {
  readonly subgraph: string;
  readonly field: SubgraphField;
  /** What is asked already; undefined where a request has to be made. */
  readonly source: Source | undefined;
  readonly reached: Reached;
}

export interface Limits {
  /** Subgraphs that were found to lack something of the field. */
  readonly tried: ReadonlySet<string>;
  /** Where a key is asked for: what needs as many requests before it as the one that needs the key is too late. */
  readonly below: number | undefined;
}

/** No limits. */
export const ANYBODY: Limits = { tried: new Set(), below: undefined };

interface Wanted {
  readonly object: string;
  readonly name: string;
  /** Whether it is asked of all objects of the place. */
  readonly isOfAll: boolean;
  readonly limits: Limits;
}

const AT_HAND: Reached = { rank: -1, name: '', key: undefined };

/**
 * Makes what finds a way to a field: through what is asked already, else the nearest subgraph that has it by itself, else one that
 * requires something for it. Undefined where there is none.
 */
export function createFindWay(knowledge: SubgraphKnowledge, objectTypes: ObjectTypes) {
  const reach = createReach(knowledge);

  return (place: Place, wanted: Wanted): Way | undefined => atHand(place, wanted) ?? byRequest(place, wanted);

  function atHand(place: Place, { object, name, isOfAll, limits }: Wanted): Way | undefined {
    const { base, typed, unknownAs } = place;
    const isKnown = unknownAs === undefined || isOfAll || limits.below !== undefined;
    for (const source of [isKnown ? base : undefined, limits.below === undefined ? typed : undefined]) {
      const subgraph = source?.request.subgraph;
      if (subgraph === undefined || limits.tried.has(subgraph)) continue;
      const called = source === base && unknownAs !== undefined ? unknownAs : object;
      const field = knowledge.field(subgraph, called, name);
      if (field === undefined || field.requires !== undefined) continue;
      const provided = source === base ? place.provided : undefined;
      if (field.isExternal && !(provided && isProvided(provided, { object, name }, objectTypes))) continue;
      return { subgraph, field, source, reached: AT_HAND };
    }
    return undefined;
  }

  function byRequest(place: Place, { object, name, limits }: Wanted): Way | undefined {
    const ways = [...reachOf(place, object)].flatMap(([subgraph, reached]): readonly Way[] => {
      if (limits.tried.has(subgraph) || (limits.below !== undefined && reached.rank >= limits.below)) return [];
      const field = knowledge.field(subgraph, reached.name, name);
      if (field === undefined || field.isExternal) return [];
      return [{ subgraph, field, source: undefined, reached }];
    });
    return ways.find(({ field }) => field.requires === undefined) ?? ways[0];
  }

  function reachOf(place: Place, object: string): Reach {
    let known = place.reach.get(object);
    if (known === undefined) {
      const { base, unknownAs } = place;
      known = reach(object, base && { subgraph: base.request.subgraph, name: unknownAs ?? object });
      place.reach.set(object, known);
    }
    return known;
  }
}
