import type { SelectionNode } from 'graphql';
import { NoPlan } from '../no-plan.ts';
import type { ObjectTypes } from '../object-types.ts';
import { areEqual, AskedSelection } from './asked-selection.ts';
import type { FieldSet } from './field-sets.ts';
import { ANYBODY, type Limits, type Way } from './find-way.ts';
import type { Place, Source } from './place.ts';
import type { PlainRequest } from './plain-request.ts';
import type { SubgraphKnowledge } from './subgraph-knowledge.ts';

type Objects = ReadonlySet<string>;

interface About {
  readonly knowledge: SubgraphKnowledge;
  readonly objectTypes: ObjectTypes;
  /** Asks for fields of objects at a place; `by` is told which requests bring them. Throws where nobody has them. */
  readonly bring: (
    place: Place,
    selections: readonly SelectionNode[],
    wanted: { objects: Objects; limits: Limits; by: Set<PlainRequest> },
  ) => void;
  /** Told of each new request. */
  readonly onRequest: (request: PlainRequest) => void;
}

/** Makes what tells subgraphs of objects: by their keys, with what fields require. */
export function createRequesting({ knowledge, objectTypes, bring, onRequest }: About) {
  /** The request by which a subgraph is told of some objects of a place. */
  function requestFor(place: Place, objects: Objects, { subgraph, reached, field }: Way): Source {
    const { name, key } = reached;
    const isInterface = knowledge.isInterfaceObject(subgraph, name);
    // Of what both know as an object of that name alone, it does not matter what it is.
    const isUnnamed = place.unknownAs === name && objects.size === place.objects.size && isInterface;
    const typed = place.unknownAs === undefined || isUnnamed ? undefined : typedSource(place);
    if (typed?.request.subgraph === subgraph && field.requires === undefined) return typed;
    const sets = [key, field.requires].filter((one) => one !== undefined);
    const calledAs = isInterface ? name : undefined;
    const known = place.requests.find(
      ({ request }) => request.subgraph === subgraph && tellsOf(request, { objects, sets, calledAs }),
    );
    if (known !== undefined) return known;
    const after = new Set([place.base, typed].flatMap((one) => one?.request ?? []));
    const limits = { tried: new Set<string>(), below: reached.rank };
    if (key !== undefined) bring(place, key.selectionSet.selections, { objects, limits, by: after });
    if (field.requires !== undefined)
      bring(place, field.requires.selectionSet.selections, { objects, limits: ANYBODY, by: after });
    const types = isUnnamed ? objectTypes(name) : objects;
    const represented = key && { types, sets, calledAs };
    const type = isInterface || objects.size === 1 ? name : '_Entity';
    const made = newRequest(place, { subgraph, type, members: objects, isVague: false }, { represented, after });
    place.requests.push(made);
    return made;
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
      throw new NoPlan('none found', `the plan would ask nobody what objects of ${unknownAs} are`);
    const limits = { tried: new Set<string>(), below: 0 };
    const after = new Set([base.request]);
    bring(place, key.selectionSet.selections, { objects, limits, by: after });
    const represented = { types: objectTypes(unknownAs), sets: [key], calledAs: undefined };
    const members = knowledge.members(owner, unknownAs);
    const where = { subgraph: owner, type: unknownAs, members, isVague: true };
    place.typed = newRequest(place, where, { represented, after });
    return place.typed;
  }

  function newRequest(
    place: Place,
    where: AskedSelection['where'],
    needs: Pick<PlainRequest, 'represented' | 'after'>,
  ): Source {
    // Objects are sent with what they are.
    if (needs.represented !== undefined) place.base?.selection.addType();
    const selection = new AskedSelection(where);
    const request = { subgraph: where.subgraph, path: place.path, selection, ...needs };
    onRequest(request);
    return { request, selection };
  }

  return { requestFor, typedSource };
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
