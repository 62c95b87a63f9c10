import type { SelectionNode } from 'graphql';
import type { ObjectTypes } from '../object-types.ts';
import { AskedSelection } from './asked-selection.ts';
import { ANYBODY, type Limits, type Way } from './find-way.ts';
import type { Place, Source } from './place.ts';
import type { PlainRequest, Represented } from './plain-request.ts';
import type { SubgraphKnowledge } from './subgraph-knowledge.ts';

type Objects = ReadonlySet<string>;

interface About {
  readonly knowledge: SubgraphKnowledge;
  readonly objectTypes: ObjectTypes;
  /** Asks for fields of objects at a place, and gives the requests that bring all of them. */
  readonly bring: (
    place: Place,
    wanted: { selections: readonly SelectionNode[]; objects: Objects; limits: Limits },
  ) => ReadonlySet<PlainRequest>;
  /** Told of each new request. */
  readonly onRequest: (request: PlainRequest) => void;
}

/** Makes what tells subgraphs of objects: by their keys, with what fields require. */
export function createRequesting({ knowledge, objectTypes, bring, onRequest }: About) {
  /** The request by which a subgraph is told of some objects of a place. */
  function requestFor(place: Place, objects: Objects, way: Way): Source {
    const { subgraph, reached, field } = way;
    const { name, key } = reached;
    const isInterface = knowledge.isInterfaceObject(subgraph, name);
    // Of what both know as an object of that name alone, it does not matter what it is.
    const isUnnamed = place.unknownAs === name && objects.size === place.objects.size && isInterface;
    const typed = place.unknownAs === undefined || isUnnamed ? undefined : typedSource(place);
    if (typed?.request.subgraph === subgraph && field.requires === undefined) return typed;
    const sent = [key, field.requires].flatMap((one) => one ?? []);
    const id = JSON.stringify([subgraph, name, sent, [...objects].sort()]);
    const known = place.requests.get(id);
    if (known !== undefined) return known;
    const limits = { tried: new Set<string>(), below: reached.rank };
    const after = new Set([
      ...[place.base, typed].flatMap((one) => one?.request ?? []),
      ...(key === undefined ? [] : bring(place, { ...key, objects, limits })),
      ...(field.requires === undefined ? [] : bring(place, { ...field.requires, objects, limits: ANYBODY })),
    ]);
    const types = isUnnamed ? objectTypes(name) : objects;
    const represented = key && { types, sent, calledAs: isInterface ? name : undefined };
    const type = isInterface || objects.size === 1 ? name : '_Entity';
    return newRequest(place, id, { subgraph, type, members: objects, represented, after });
  }

  /** What asks the subgraph that has the interface what objects are of which another knows the interface alone. */
  function typedSource(place: Place): Source {
    if (place.typed !== undefined) return place.typed;
    const { base, unknownAs = '', objects } = place;
    const owner = knowledge.subgraphs.find(
      (one) => !knowledge.isInterfaceObject(one, unknownAs) && knowledge.keys(one, unknownAs).length > 0,
    );
    const [key] = owner === undefined ? [] : knowledge.keys(owner, unknownAs);
    if (owner === undefined || key === undefined || base === undefined)
      throw new Error(`the plan would ask nobody what objects of ${unknownAs} are`);
    const limits = { tried: new Set<string>(), below: 0 };
    const after = new Set([base.request, ...bring(place, { ...key, objects, limits })]);
    const represented = { types: objectTypes(unknownAs), sent: [key], calledAs: undefined };
    const members = knowledge.members(owner, unknownAs);
    place.typed = newRequest(place, 'types', { subgraph: owner, type: unknownAs, members, represented, after });
    return place.typed;
  }

  function newRequest(place: Place, id: string, { subgraph, type, members, represented, after }: Made): Source {
    const selection = new AskedSelection({ subgraph, type, members });
    const source = { request: { subgraph, path: place.path, selection, represented, after }, selection };
    onRequest(source.request);
    place.requests.set(id, source);
    return source;
  }

  return { requestFor, typedSource };
}

interface Made {
  readonly subgraph: string;
  readonly type: string;
  readonly members: Objects;
  readonly represented: Represented | undefined;
  readonly after: ReadonlySet<PlainRequest>;
}
