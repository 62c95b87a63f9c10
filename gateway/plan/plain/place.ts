import type { SelectionSetNode } from 'graphql';
import { responseKeyOf } from '../../lib/response-key.ts';
import type { Path } from '../compiled-plan.ts';
import type { AskedField, AskedSelection } from './asked-selection.ts';
import type { PlainRequest } from './plain-request.ts';
import { providedBelow } from './provided-fields.ts';
import type { SubgraphKnowledge } from './subgraph-knowledge.ts';
import type { Way } from './way.ts';

/** A selection of a request at a place: more can be asked for there. */
export interface Source {
  readonly request: PlainRequest;
  readonly selection: AskedSelection;
}

/** Where objects stand in the result, as one subgraph gives them. */
export interface Place {
  readonly path: Path;
  /** The place of the objects whose field leads there; undefined at the root. */
  readonly above: Place | undefined;
  /** The object types of those whose field leads there; none at the root. */
  readonly from: ReadonlySet<string>;
  /** The object types that may stand there. */
  readonly objects: ReadonlySet<string>;
  /** What gives the objects; undefined at the root. */
  readonly base: Source | undefined;
  /** The interface that the subgraph gives as an object: what the objects are, it does not know. */
  readonly unknownAs: string | undefined;
  /** What a path provides of the objects. */
  readonly provided: SelectionSetNode | undefined;
  /** Whether the objects belong to another section: what gives them is asked for nothing but keys any more. */
  readonly isClosed: boolean;
  /** What asks for the types of objects, where the subgraph does not know them. */
  typed: Source | undefined;
  /** The requests that are made for these objects. */
  readonly requests: Source[];
}

/** Where an operation begins: with an object of this type. */
export function rootPlace(type: string): Place {
  const nobody = {
    above: undefined,
    from: new Set<string>(),
    base: undefined,
    unknownAs: undefined,
    provided: undefined,
  };
  return newPlace({ path: [], objects: new Set([type]), ...nobody, isClosed: false });
}

/** The same place for a deferred fragment, which has requests of its own. */
export function closedPlace(place: Place): Place {
  const { path, above, from, objects, base, unknownAs, provided } = place;
  return newPlace({ path, above, from, objects, base, unknownAs, provided, isClosed: true });
}

/** Makes what gives the place to which a field leads: always the same one for what is asked in the same request. */
export function createPlaceBelow(knowledge: SubgraphKnowledge) {
  const places = new Map<AskedSelection, Place>();

  return (place: Place, asked: AskedField, selection: AskedSelection, { source, way }: Asking): Place => {
    const known = places.get(selection);
    if (known !== undefined) return known;
    const { subgraph, type, members } = selection.where;
    const providedAbove = source === place.base ? place.provided : undefined;
    const made = newPlace({
      path: [...place.path, ...stepsTo(asked, place, way.field.lists)],
      above: place,
      from: asked.objects,
      objects: members,
      base: { request: source.request, selection },
      unknownAs: knowledge.isInterfaceObject(subgraph, type) ? type : undefined,
      provided: providedBelow(way.field.provides, providedAbove, asked.field),
      isClosed: false,
    });
    places.set(selection, made);
    return made;
  };
}

/** Who is asked for a field, and why. */
interface Asking {
  readonly source: Source;
  readonly way: Way;
}

function stepsTo({ field, objects }: AskedField, place: Place, lists: number): Path {
  const key = { kind: 'key', key: responseKeyOf(field) } as const;
  const items = Array.from({ length: lists }, () => ({ kind: 'items' }) as const);
  return objects.size === place.objects.size ? [key, ...items] : [{ kind: 'type', types: objects }, key, ...items];
}

function newPlace(place: Omit<Place, 'typed' | 'requests'>): Place {
  return { typed: undefined, requests: [], ...place };
}
