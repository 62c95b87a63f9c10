import type { FieldNode } from 'graphql';
import type { ObjectTypes } from '../object-types.ts';
import type { CountLacking } from './count-lacking.ts';
import type { Place, Source } from './place.ts';
import { isProvided } from './provided-fields.ts';
import type { Reached, Route, Routes } from './routes.ts';
import type { SubgraphKnowledge } from './subgraph-knowledge.ts';

/** Who is asked for a field of an object, and how. */
export interface Way extends Route {
  /** What is asked already; undefined where a request has to be made. */
  readonly source: Source | undefined;
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
  readonly field: FieldNode;
  readonly object: string;
  /** All objects of which it is asked. */
  readonly objects: ReadonlySet<string>;
  readonly limits: Limits;
}

interface About {
  readonly knowledge: SubgraphKnowledge;
  readonly routes: Routes;
  readonly objectTypes: ObjectTypes;
  readonly lackedBy: CountLacking;
  /** Told of each look for a way: it may refuse. */
  readonly count: () => void;
}

const AT_HAND: Reached = { rank: -1, name: '', key: undefined };

/**
 * Makes what finds a way to a field: through what is asked already, else by a request to a subgraph that has it by itself, else to one
 * that requires something for it; undefined where there is none. And what tells whether there is a choice.
 */
export function createFindWay({ knowledge, routes, objectTypes, lackedBy, count }: About) {
  function findWay(place: Place, wanted: Wanted): Way | undefined {
    count();
    return atHand(place, wanted) ?? byRequest(place, wanted);
  }

  /** Whether a request has to be made for a field without anything below it, and several subgraphs have it. */
  function isOpen(place: Place, field: FieldNode, { objects, limits }: Pick<Wanted, 'objects' | 'limits'>): boolean {
    const [object] = objects;
    if (field.selectionSet !== undefined || object === undefined) return false;
    const wanted = { field, object, objects, limits };
    return atHand(place, wanted) === undefined && openRoutes(place, wanted).filter(isSimple).length > 1;
  }

  function atHand(place: Place, wanted: Wanted): Way | undefined {
    const { base, typed, unknownAs } = place;
    if (place.isClosed && wanted.limits.below === undefined)
      return base?.selection.has(wanted.field, wanted.objects) === true ? wayThrough(base, place, wanted) : undefined;
    const isOfAll = wanted.objects.size === place.objects.size;
    const isKnown = unknownAs === undefined || isOfAll || wanted.limits.below !== undefined;
    const through = isKnown && base !== undefined ? wayThrough(base, place, wanted) : undefined;
    if (through !== undefined || typed === undefined || wanted.limits.below !== undefined) return through;
    return wayThrough(typed, place, wanted);
  }

  function wayThrough(source: Source, place: Place, { object, field: { name }, limits }: Wanted): Way | undefined {
    const { subgraph } = source.request;
    if (limits.tried.has(subgraph)) return undefined;
    const isBase = source === place.base;
    const field = knowledge.field(subgraph, isBase ? (place.unknownAs ?? object) : object, name.value);
    if (field === undefined || field.requires !== undefined) return undefined;
    const provided = isBase ? place.provided : undefined;
    if (field.isExternal && !(provided && isProvided(provided, { object, name: name.value }, objectTypes)))
      return undefined;
    return { subgraph, field, source, reached: AT_HAND };
  }

  function byRequest(place: Place, wanted: Wanted): Way | undefined {
    const open = openRoutes(place, wanted);
    const simple = open.filter(isSimple);
    const route = simple.length > 1 ? bestOf(simple, place, wanted.field) : (simple[0] ?? open[0]);
    return route && { ...route, source: undefined };
  }

  function openRoutes(
    { base, unknownAs }: Place,
    { object, field, limits: { tried, below } }: Wanted,
  ): readonly Route[] {
    const start = base && { subgraph: base.request.subgraph, name: unknownAs ?? object };
    return routes(object, field.name.value, start).filter(
      ({ subgraph, reached: { rank } }) => !tried.has(subgraph) && (below === undefined || rank < below),
    );
  }

  /** Of several, the one that leaves the least to be asked of others; of these, one that is asked something already, or is nearest. */
  function bestOf(some: readonly Route[], place: Place, { selectionSet }: FieldNode): Route | undefined {
    const isAsked = ({ subgraph }: Route): boolean =>
      place.requests.some(({ request }) => request.subgraph === subgraph);
    let best: { route: Route; cost: number } | undefined;
    for (const route of some) {
      const lacking = selectionSet === undefined ? 0 : lackedBy(route.subgraph, route.field.type, selectionSet);
      const cost = 2 * lacking + (isAsked(route) ? 0 : 1);
      if (best === undefined || cost < best.cost) best = { route, cost };
    }
    return best?.route;
  }

  return { findWay, isOpen };
}

function isSimple({ field }: Route): boolean {
  return field.requires === undefined;
}
