import { isInterfaceType } from 'graphql';
import type { ObjectTypes } from '../object-types.ts';
import type { Place, Source } from './place.ts';
import { isProvided } from './provided-fields.ts';
import type { Reached } from './routes.ts';
import type { SubgraphField, SubgraphKnowledge } from './subgraph-knowledge.ts';
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
    const field = own && asEnclosing(own, source, wanted);
    if (field === undefined || field.requires !== undefined) return undefined;
    const provided = isBase ? place.provided : undefined;
    if (field.isExternal && !(provided && isProvided(provided, { object, name: name.value }, objectTypes)))
      return undefined;
    return { subgraph, field, source, reached: AT_HAND };
  }

  /** The interface's field, where it is asked of all objects and one of them says more: under one response key, both cannot stand. */
  function asEnclosing(
    own: SubgraphField,
    { request, selection: { where } }: Source,
    wanted: WantedField,
  ): SubgraphField {
    const { objects, field } = wanted;
    if (objects.size !== where.members.size || !isInterfaceType(knowledge.schema.getType(where.type))) return own;
    const enclosing = knowledge.field(request.subgraph, where.type, field.name.value);
    return enclosing === undefined || enclosing.shape === own.shape ? own : enclosing;
  }

  return { atHand, wayThrough };
}
