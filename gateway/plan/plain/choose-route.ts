import type { CountLacking } from './count-lacking.ts';
import type { Place } from './place.ts';
import type { Route, Routes } from './routes.ts';
import { needsNothing } from './subgraph-knowledge.ts';
import type { WantedField } from './way.ts';

/** Makes what lists the routes that are open to a field at a place, and chooses one. */
export function createChooseRoute(routes: Routes, lackedBy: CountLacking) {
  function openRoutes(
    { base, unknownAs }: Place,
    { object, field, limits: { tried, below } }: WantedField,
  ): readonly Route[] {
    const start = base && { subgraph: base.request.subgraph, name: unknownAs ?? object };
    return routes(object, field.name.value, start).filter(
      ({ subgraph, reached: { rank } }) => !tried.has(subgraph) && (below === undefined || rank < below),
    );
  }

  /**
   * Of several, the one that leaves the least to be asked of others; of these, one that can be asked about all the objects; of these, one
   * that is asked something already, or is nearest.
   */
  function bestOf(some: readonly Route[], place: Place, wanted: WantedField): Route | undefined {
    const { selectionSet } = wanted.field;
    const isAsked = ({ subgraph }: Route): boolean =>
      place.requests.some(({ request }) => request.subgraph === subgraph);
    let best: { route: Route; cost: number } | undefined;
    for (const route of some) {
      const { subgraph, field } = route;
      const below = { subgraph, type: field.type, provided: field.provides };
      const lacking = selectionSet === undefined ? 0 : lackedBy(below, selectionSet);
      const cost = 4 * lacking + (isShared(route, place, wanted) ? 0 : 2) + (isAsked(route) ? 0 : 1);
      if (best === undefined || cost < best.cost) best = { route, cost };
    }
    return best?.route;
  }

  function isShared({ subgraph }: Route, place: Place, wanted: WantedField): boolean {
    const { objects, sharedBy } = wanted;
    if (objects.size === 1) return true;
    const known = sharedBy.get(subgraph);
    if (known !== undefined) return known;
    const isForAll = [...objects].every((object) =>
      openRoutes(place, { ...wanted, object }).some((one) => one.subgraph === subgraph && isSimple(one)),
    );
    sharedBy.set(subgraph, isForAll);
    return isForAll;
  }

  return { openRoutes, bestOf };
}

/** Whether a subgraph needs nothing but a key of an object to give the field. */
export function isSimple({ field }: Route): boolean {
  return needsNothing(field);
}
