import type { FieldNode, SelectionNode } from 'graphql';
import type { ObjectTypes } from '../object-types.ts';
import type { PlannedOperation } from '../plan-in-series.ts';
import { askedOfObjects } from './asked-of-objects.ts';
import { fragmentOn } from './asked-selection.ts';
import { ANYBODY, createFindWay, type Limits, type Way } from './find-way.ts';
import { broughtWhole, joined, type Outcome } from './outcome.ts';
import { createPlaceBelow, rootPlace, type Place } from './place.ts';
import type { PlainRequest } from './plain-request.ts';
import { createRequesting } from './request-objects.ts';
import type { SubgraphKnowledge } from './subgraph-knowledge.ts';

interface About {
  readonly knowledge: SubgraphKnowledge;
  readonly objectTypes: ObjectTypes;
  readonly operation: PlannedOperation;
  /** How many selections may be looked at. */
  readonly maxLooks: number;
}

/** Some objects of a place, and who may be asked about them. */
interface Wanted {
  readonly objects: ReadonlySet<string>;
  readonly limits: Limits;
}

/**
 * Lists the requests that together ask for all of an operation: field by field, from the root on, of whoever has it. Throws where
 * nobody can be asked for something, or there is too much to be looked at.
 */
export function plainRequests(about: About): readonly PlainRequest[] {
  const { subgraphs } = about.knowledge;
  if (about.operation.definition.operation === 'query') return broughtWhole(requestsOf(about, ANYBODY)).requests;
  // What changes something is begun once: in one subgraph that has, or leads to, all of it.
  const begun = subgraphs.map((one) =>
    requestsOf(about, { ...ANYBODY, tried: new Set(subgraphs.filter((other) => other !== one)) }),
  );
  const whole = begun.find(({ left }) => left.length === 0);
  if (whole === undefined) throw new Error('the plan would begin in several subgraphs');
  return whole.requests;
}

/** `limits` are those of who may be asked for the root. */
function requestsOf(about: About, limits: Limits): Outcome & { readonly requests: readonly PlainRequest[] } {
  const { operation, selectionSet } = about.operation.definition;
  const requests: PlainRequest[] = [];
  const askAll = createAsking(about, (request) => requests.push(request));
  const root = rootPlace(about.knowledge.schema.getRootType(operation)?.name ?? '');
  return { ...askAll(root, selectionSet.selections, { objects: root.objects, limits }), requests };
}

/** Makes what asks for selections of objects at a place. */
function createAsking(
  { knowledge, objectTypes, operation, maxLooks }: About,
  onRequest: (request: PlainRequest) => void,
) {
  const findWay = createFindWay(knowledge, objectTypes);
  const placeBelow = createPlaceBelow(knowledge);
  const { requestFor, typedSource } = createRequesting({
    knowledge,
    objectTypes,
    bring: (place, { selections, ...wanted }) => broughtWhole(askAll(place, selections, wanted)).by,
    onRequest,
  });
  const count = createCounting(maxLooks);
  const about = { objectTypes, fragments: operation.fragments, count };

  function askAll(place: Place, selections: readonly SelectionNode[], { objects, limits }: Wanted): Outcome {
    const asked = askedOfObjects(selections, objects, about);
    return joined(
      asked.map(({ field, objects: some }) =>
        field.name.value === '__typename' ? askType(place) : ask(place, field, { objects: some, limits }),
      ),
    );
  }

  /** What objects are is always asked for; where the subgraph does not know, another has to be asked. */
  function askType(place: Place): Outcome {
    const by = place.unknownAs === undefined ? [] : [typedSource(place).request];
    return { by: new Set(by), left: [] };
  }

  function ask(place: Place, field: FieldNode, { objects, limits }: Wanted): Outcome {
    const isOfAll = objects.size === place.objects.size;
    const groups = groupedByWay(objects, (object) => {
      count();
      return findWay(place, { object, name: field.name.value, isOfAll, limits });
    });
    return joined(
      groups.map(({ way, objects: some }) =>
        way === undefined ? leftOf(field, some) : askBy(way, place, field, { objects: some, limits }),
      ),
    );
  }

  function askBy(way: Way, place: Place, field: FieldNode, { objects, limits }: Wanted): Outcome {
    const source = way.source ?? requestFor(place, objects, way);
    // Where the subgraph does not know what objects are, it is asked about all of them.
    const meant = source === place.base && place.unknownAs !== undefined ? place.objects : objects;
    const { subgraph, field: known } = way;
    const below = field.selectionSet && {
      subgraph,
      type: known.type,
      members: knowledge.members(subgraph, known.type),
    };
    const asked = source.selection.add(field, meant, { shape: known.shape, below });
    const by = { by: new Set([source.request]), left: [] };
    if (field.selectionSet === undefined || asked.below === undefined) return by;
    const child = placeBelow(place, asked, asked.below, { source, way });
    const found = askAll(child, field.selectionSet.selections, { objects: child.objects, limits: ANYBODY });
    if (found.left.length === 0) return joined([by, found]);
    const rest = { ...field, selectionSet: { ...field.selectionSet, selections: found.left } };
    const others = { ...limits, tried: new Set([...limits.tried, subgraph]) };
    return joined([by, { ...found, left: [] }, ask(place, rest, { objects, limits: others })]);
  }

  return askAll;
}

function leftOf(field: FieldNode, objects: ReadonlySet<string>): Outcome {
  return { by: new Set(), left: [...objects].map((one) => fragmentOn(one, [field])) };
}

function createCounting(max: number): () => void {
  let count = 0;
  return () => {
    if ((count += 1) > max) throw new Error('the plan would take too much to make');
  };
}

interface ObjectsByWay {
  readonly way: Way | undefined;
  readonly objects: Set<string>;
}

/** Objects with one way to a field are asked about together. */
function groupedByWay(
  objects: ReadonlySet<string>,
  wayTo: (object: string) => Way | undefined,
): readonly ObjectsByWay[] {
  const groups = new Map<string, ObjectsByWay>();
  for (const object of objects) {
    const way = wayTo(object);
    const id = idOf(way);
    const group = groups.get(id) ?? { way, objects: new Set<string>() };
    groups.set(id, group);
    group.objects.add(object);
  }
  return [...groups.values()];
}

function idOf(way: Way | undefined): string {
  if (way === undefined) return '';
  const { subgraph, source, reached, field } = way;
  const { requires, type, shape } = field;
  return JSON.stringify([subgraph, source !== undefined, reached.name, reached.key, requires, type, shape]);
}
