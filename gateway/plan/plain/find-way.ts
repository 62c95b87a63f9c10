import { Kind, type FieldNode, type SelectionNode } from 'graphql';
import type { ObjectTypes } from '../object-types.ts';
import { createAtHand } from './at-hand.ts';
import type { CountLacking } from './count-lacking.ts';
import type { Place } from './place.ts';
import { createChooseRoute, isSimple } from './choose-route.ts';
import type { Routes } from './routes.ts';
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
  const { openRoutes, bestOf } = createChooseRoute(routes, lackedBy);

  function findWay(place: Place, wanted: WantedField): Way | undefined {
    count();
    const isApart = place.isClosed && wanted.limits.below === undefined;
    const through = isApart ? whereClosed(place, wanted) : atHand(place, wanted);
    if (through === undefined) return byRequest(place, wanted);
    // What cannot stand beside what is asked already, another request asks for.
    const isTaken = through.source?.selection.clashesWith(wanted.field, through.field.shape) === true;
    return isTaken ? onceMore(place, wanted, through) : through;
  }

  /** Whether a request has to be made for a field without anything below it, and several subgraphs have it. */
  function isOpen(
    place: Place,
    field: FieldNode,
    { objects, limits }: Pick<WantedField, 'objects' | 'limits'>,
  ): boolean {
    const [object] = objects;
    if (field.selectionSet !== undefined || object === undefined || place.isClosed) return false;
    const wanted = { field, object, objects, limits, sharedBy: new Map() };
    return atHand(place, wanted) === undefined && openRoutes(place, wanted).filter(isSimple).length > 1;
  }

  /**
   * What gives the objects is asked once more, by a key, for what it has: another may not know them. What is a key costs nothing where it
   * is, and what cannot be asked for once more has to come from there. What has to be asked what they are knows them, too.
   */
  function whereClosed(place: Place, wanted: WantedField): Way | undefined {
    const { base, typed } = place;
    const through = base && wayThrough(base, place, wanted);
    if (base === undefined || through === undefined) return typed && wayThrough(typed, place, wanted);
    if (base.selection.has(wanted.field, wanted.objects) || isKey(through, wanted)) return through;
    return onceMore(place, wanted, through) ?? through;
  }

  /** By a key, to the subgraph that is asked already. */
  function onceMore(place: Place, wanted: WantedField, { subgraph }: Way): Way | undefined {
    return openRoutes(place, wanted).find((one) => one.subgraph === subgraph && isSimple(one));
  }

  function isKey({ subgraph }: Way, { object, field }: WantedField): boolean {
    const isNamed = (one: SelectionNode): boolean => one.kind === Kind.FIELD && one.name.value === field.name.value;
    const keys = knowledge.keys(subgraph, object);
    return field.selectionSet === undefined && keys.some(({ selectionSet }) => selectionSet.selections.some(isNamed));
  }

  function byRequest(place: Place, wanted: WantedField): Way | undefined {
    const open = openRoutes(place, wanted);
    const simple = open.filter(isSimple);
    return simple.length > 1 ? bestOf(simple, place, wanted) : (simple[0] ?? open[0]);
  }

  return { findWay, isOpen };
}
