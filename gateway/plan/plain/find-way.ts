import { Kind, type FieldNode, type SelectionNode } from 'graphql';
import type { ObjectTypes } from '../object-types.ts';
import { createAtHand } from './at-hand.ts';
import type { CountLacking } from './count-lacking.ts';
import type { Place } from './place.ts';
import type { Route, Routes } from './routes.ts';
import type { SubgraphKnowledge } from './subgraph-knowledge.ts';
import type { Way, WantedField } from './way.ts';

interface About {
  readonly knowledge: SubgraphKnowledge;
  readonly routes: Routes;
  readonly objectTypes: ObjectTypes;
  readonly lackedBy: CountLacking;
  /** Told of each look for a way: it may refuse. */
  readonly count: () => void;
}

/**
 * Makes what finds a way to a field: through what is asked already, else by a request to a subgraph that has it by itself, else to one
 * that requires something for it; undefined where there is none. And what tells whether there is a choice.
 */
export function createFindWay({ knowledge, routes, objectTypes, lackedBy, count }: About) {
  const { atHand, wayThrough } = createAtHand(knowledge, objectTypes);

  function findWay(place: Place, wanted: WantedField): Way | undefined {
    count();
    const isApart = place.isClosed && wanted.limits.below === undefined;
    return (isApart ? whereClosed(place, wanted) : atHand(place, wanted)) ?? byRequest(place, wanted);
  }

  /** Whether a request has to be made for a field without anything below it, and several subgraphs have it. */
  function isOpen(
    place: Place,
    field: FieldNode,
    { objects, limits }: Pick<WantedField, 'objects' | 'limits'>,
  ): boolean {
    const [object] = objects;
    if (field.selectionSet !== undefined || object === undefined || place.isClosed) return false;
    const wanted = { field, object, objects, limits };
    return atHand(place, wanted) === undefined && openRoutes(place, wanted).filter(isSimple).length > 1;
  }

  /**
   * What gives the objects is asked once more, by a key, for what it has: another may not know them. What is a key costs nothing where it
   * is, and what cannot be asked for once more has to come from there.
   */
  function whereClosed(place: Place, wanted: WantedField): Way | undefined {
    const { base } = place;
    const through = base && wayThrough(base, place, wanted);
    if (base === undefined || through === undefined) return undefined;
    if (base.selection.has(wanted.field, wanted.objects) || isKey(through, wanted)) return through;
    const own = openRoutes(place, wanted).find((one) => one.subgraph === through.subgraph && isSimple(one));
    return own === undefined ? through : { ...own, source: undefined };
  }

  function isKey({ subgraph }: Way, { object, field }: WantedField): boolean {
    const isNamed = (one: SelectionNode): boolean => one.kind === Kind.FIELD && one.name.value === field.name.value;
    const keys = knowledge.keys(subgraph, object);
    return field.selectionSet === undefined && keys.some(({ selectionSet }) => selectionSet.selections.some(isNamed));
  }

  function byRequest(place: Place, wanted: WantedField): Way | undefined {
    const open = openRoutes(place, wanted);
    const simple = open.filter(isSimple);
    const route = simple.length > 1 ? bestOf(simple, place, wanted.field) : (simple[0] ?? open[0]);
    return route && { ...route, source: undefined };
  }

  function openRoutes(
    { base, unknownAs }: Place,
    { object, field, limits: { tried, below } }: WantedField,
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
