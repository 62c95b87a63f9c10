import type { ObjectTypes } from '../object-types.ts';
import type { Place, Source } from './place.ts';
import { isProvided } from './provided-fields.ts';
import type { Reached } from './routes.ts';
import { needsNothing, type SubgraphField, type SubgraphKnowledge } from './subgraph-knowledge.ts';
import type { Way, WantedField } from './way.ts';

const AT_HAND: Reached = { rank: -1, name: '', key: undefined };

/** Makes what finds ways to fields through what is asked already; undefined where there is none. */
export function createAtHand(knowledge: SubgraphKnowledge, objectTypes: ObjectTypes) {
  function atHand(place: Place, wanted: WantedField): Way | undefined {
    const { base, typed, unknownAs } = place;
    const isOfAll = wanted.objects.size === place.objects.size;
    const isKnown = unknownAs === undefined || isOfAll || wanted.limits.below !== undefined;
    const through = isKnown && base !== undefined ? wayThrough(base, place, wanted) : undefined;
    if (through !== undefined || typed === undefined || wanted.limits.below !== undefined) return through;
    return wayThrough(typed, place, wanted);
  }

  function wayThrough(source: Source, place: Place, wanted: WantedField): Way | undefined {
    const { object, limits } = wanted;
    const { name } = wanted.field;
    const { subgraph } = source.request;
    if (limits.tried.has(subgraph)) return undefined;
    const isBase = source === place.base;
    const own = knowledge.field(subgraph, isBase ? (place.unknownAs ?? object) : object, name.value);
    // What the object itself says decides whether it can be had, whatever its interface says.
    if (own === undefined || !needsNothing(own)) return undefined;
    const provided = isBase ? place.provided : undefined;
    if (own.isExternal && !(provided && isProvided(provided, { object, name: name.value }, objectTypes)))
      return undefined;
    return { subgraph, field: asEnclosing(own, source, wanted), source, reached: AT_HAND };
  }

  /**
   * Where the fields of the objects of a place cannot stand under one response key, they are asked for as that of an interface: what the
   * interface says of it, where it is asked of several.
   */
  function asEnclosing(own: SubgraphField, { selection: { where } }: Source, wanted: WantedField): SubgraphField {
    const { subgraph, type } = where;
    const name = wanted.field.name.value;
    if (!knowledge.isUneven(subgraph, type, name)) return own;
    const objects = [...wanted.objects];
    for (const one of knowledge.interfacesOf(wanted.object)) {
      const found = knowledge.field(subgraph, one, name);
      const known = knowledge.members(subgraph, one);
      if (found?.isExternal !== false || !knowledge.takesAll(one, wanted.field)) continue;
      if (!objects.every((object) => known.has(object))) continue;
      const types = objects.map((object) => knowledge.field(subgraph, object, name)?.type ?? found.type);
      const members = new Set([...new Set(types)].flatMap((given) => [...knowledge.members(subgraph, given)]));
      const enclosing = { name: one, type: found.type, members };
      return objects.length > 1 ? { ...found, enclosing } : { ...own, shape: found.shape, enclosing };
    }
    return own;
  }

  return { atHand, wayThrough };
}
