import type { SelectionNode } from 'graphql';
import { NoPlan } from '../no-plan.ts';
import type { ObjectTypes } from '../object-types.ts';
import { areEqual, AskedSelection } from './asked-selection.ts';
import type { FieldSet } from './field-sets.ts';
import type { Place, Source } from './place.ts';
import type { PlainRequest, Section } from './plain-request.ts';
import type { SubgraphKnowledge } from './subgraph-knowledge.ts';
import { ANYBODY, type Limits, type Way } from './way.ts';

type Objects = ReadonlySet<string>;

interface About {
  readonly knowledge: SubgraphKnowledge;
  readonly objectTypes: ObjectTypes;
  /** Asks for fields of objects at a place; `by` is told which requests bring them. Throws where nobody has them. */
  readonly bring: (
    place: Place,
    selections: readonly SelectionNode[],
    wanted: { objects: Objects; limits: Limits; by: Set<PlainRequest>; section: Section },
  ) => void;
  /** Told of each new request. */
  readonly onRequest: (request: PlainRequest) => void;
}

/** Makes a request for objects of a place. */
function newRequest(
  place: Place,
  where: AskedSelection['where'],
  needs: Pick<PlainRequest, 'section' | 'represented' | 'after'>,
): Source {
  // Objects are sent with what they are.
  if (needs.represented !== undefined) place.base?.selection.addType();
  const selection = new AskedSelection(where);
  return { request: { subgraph: where.subgraph, path: place.path, selection, ...needs }, selection };
}

/** Makes what tells subgraphs of objects: by their keys, with what fields require. */
export function createRequesting({ knowledge, objectTypes, bring, onRequest }: About) {
  const made = (...about: Parameters<typeof newRequest>): Source => {
    const source = newRequest(...about);
    onRequest(source.request);
    return source;
  };

  /** The request by which a subgraph is told of some objects of a place. */
  function requestFor(place: Place, way: Way, { objects, section }: Asked): Source {
    const { subgraph, reached, field } = way;
    const { name, key } = reached;
    const isInterface = knowledge.isInterfaceObject(subgraph, name);
    // Of what both know as an object of that name alone, it does not matter what it is.
    const isUnnamed = place.unknownAs === name && objects.size === place.objects.size && isInterface;
    const typed = place.unknownAs === undefined || isUnnamed ? undefined : typedSource(place, section);
    if (typed?.request.subgraph === subgraph && field.requires === undefined) return typed;
    const sets = [key, field.requires].filter((one) => one !== undefined);
    const calledAs = isInterface ? name : undefined;
    const known = place.requests.find(
      ({ request }) => request.subgraph === subgraph && tellsOf(request, { objects, sets, calledAs }),
    );
    if (known !== undefined) return known;
    const after = new Set([place.base, typed].flatMap((one) => one?.request ?? []));
    const wanted = { objects, limits: { tried: new Set<string>(), below: reached.rank }, by: after, section };
    if (key !== undefined) bring(place, key.selectionSet.selections, wanted);
    if (field.requires !== undefined)
      bring(place, field.requires.selectionSet.selections, { ...wanted, limits: ANYBODY });
    const types = isUnnamed ? objectTypes(name) : objects;
    const represented = key && { types, sets, calledAs };
    const type = isInterface || objects.size === 1 ? name : '_Entity';
    const where = { subgraph, type, members: objects, isVague: false };
    const source = made(place, where, { section, represented, after });
    place.requests.push(source);
    return source;
  }

  /** What asks the subgraph that has the interface what objects are of which another knows the interface alone. */
  function typedSource(place: Place, section: Section): Source {
    if (place.typed !== undefined) return place.typed;
    const { base, unknownAs = '', objects } = place;
    const owner = knowledge.subgraphs.find(
      (one) => !knowledge.isInterfaceObject(one, unknownAs) && knowledge.keys(one, unknownAs).length > 0,
    );
    const [key] = owner === undefined ? [] : knowledge.keys(owner, unknownAs);
    if (owner === undefined || key === undefined || base === undefined)
      throw new NoPlan('none found', `the plan would ask nobody what objects of ${unknownAs} are`);
    const limits = { tried: new Set<string>(), below: 0 };
    const after = new Set([base.request]);
    bring(place, key.selectionSet.selections, { objects, limits, by: after, section });
    const represented = { types: objectTypes(unknownAs), sets: [key], calledAs: undefined };
    const members = knowledge.members(owner, unknownAs);
    const where = { subgraph: owner, type: unknownAs, members, isVague: true };
    place.typed = made(place, where, { section, represented, after });
    return place.typed;
  }

  /** What objects are is asked for anyway where a subgraph knows it; where it does not, another has to be asked. */
  function askType(place: Place, { by, section }: { by: Set<PlainRequest>; section: Section }): void {
    if (place.unknownAs !== undefined) by.add(typedSource(place, section).request);
  }

  return { requestFor, askType };
}

/** Some objects that are asked about, and for which part of the operation. */
interface Asked {
  readonly objects: Objects;
  readonly section: Section;
}

interface Told {
  readonly objects: Objects;
  readonly sets: readonly FieldSet[];
  readonly calledAs: string | undefined;
}

/** Whether a request tells its subgraph just this of objects. */
function tellsOf({ selection, represented }: PlainRequest, { objects, sets, calledAs }: Told): boolean {
  const known = represented?.sets ?? [];
  return (
    represented?.calledAs === calledAs &&
    known.length === sets.length &&
    sets.every((one, index) => known[index] === one) &&
    areEqual(selection.where.members, objects)
  );
}
