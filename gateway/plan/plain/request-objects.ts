import type { OperationDefinitionNode } from 'graphql';
import type { ObjectTypes } from '../object-types.ts';
import { createAskTypes } from './ask-types.ts';
import { areEqual } from './asked-selection.ts';
import type { Bring } from './bring.ts';
import { createContextLookups, textOf } from './context-lookups.ts';
import type { FieldSet } from './field-sets.ts';
import { newRequest, type MakeRequest } from './new-request.ts';
import type { Place, Source } from './place.ts';
import type { PlainRequest, Section } from './plain-request.ts';
import { needsNothing, type SubgraphKnowledge } from './subgraph-knowledge.ts';
import { ANYBODY, type Way } from './way.ts';

type Objects = ReadonlySet<string>;

interface About {
  readonly knowledge: SubgraphKnowledge;
  readonly objectTypes: ObjectTypes;
  readonly operation: OperationDefinitionNode;
  readonly bring: Bring;
  /** Told of each new request. */
  readonly onRequest: (request: PlainRequest) => void;
}

/** Makes what tells subgraphs of objects: by their keys, with what fields require. */
export function createRequesting({ knowledge, objectTypes, operation, bring, onRequest }: About) {
  const make: MakeRequest = (...about) => {
    const source = newRequest(...about);
    onRequest(source.request);
    return source;
  };
  const { typedSource, askType } = createAskTypes({ knowledge, objectTypes, bring, make });
  const { takenFor, withArguments } = createContextLookups({ knowledge, operation, bring, askType });

  /** The request by which a subgraph is told of some objects of a place. */
  function requestFor(place: Place, way: Way, { objects, section }: Asked): Source {
    const { subgraph, reached, field } = way;
    const { name, key } = reached;
    const isInterface = knowledge.isInterfaceObject(subgraph, name);
    // Of what both know as an object of that name alone, it does not matter what it is.
    const isUnnamed = place.unknownAs === name && objects.size === place.objects.size && isInterface;
    const typed = place.unknownAs === undefined || isUnnamed ? undefined : typedSource(place, section);
    if (typed?.request.subgraph === subgraph && needsNothing(field)) return typed;
    const sets = [key, field.requires].filter((one) => one !== undefined);
    const calledAs = isInterface ? name : undefined;
    const known = place.requests.find(
      ({ request }) =>
        request.subgraph === subgraph && tellsOf(request, { objects, sets, calledAs, takes: textOf(field.contexts) }),
    );
    if (known !== undefined) return known;
    const after = new Set([place.base, typed].flatMap((one) => one?.request ?? []));
    const wanted = { objects, limits: { tried: new Set<string>(), below: reached.rank }, by: after, section };
    if (key !== undefined) bring(place, key.selectionSet.selections, wanted);
    if (field.requires !== undefined)
      bring(place, field.requires.selectionSet.selections, { ...wanted, limits: ANYBODY });
    const taken = takenFor(place, field.contexts, { by: after, section });
    const types = isUnnamed ? objectTypes(name) : objects;
    const represented = key && { types, sets, calledAs };
    const type = isInterface || objects.size === 1 ? name : '_Entity';
    const where = { subgraph, type, members: objects, isVague: false };
    const source = make(place, where, { section, represented, taken, after });
    place.requests.push(source);
    return source;
  }

  return { requestFor, askType, withArguments };
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
  /** What it takes from above: see `TakenFromAbove`. */
  readonly takes: string;
}

/** Whether a request tells its subgraph just this of objects. */
function tellsOf({ selection, represented, taken }: PlainRequest, { objects, sets, calledAs, takes }: Told): boolean {
  const known = represented?.sets ?? [];
  return (
    represented?.calledAs === calledAs &&
    (taken?.text ?? '') === takes &&
    known.length === sets.length &&
    sets.every((one, index) => known[index] === one) &&
    areEqual(selection.where.members, objects)
  );
}
