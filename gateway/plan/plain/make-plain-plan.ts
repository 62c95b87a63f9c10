import { Kind, type FieldNode, type SelectionNode } from 'graphql';
import { NoPlan } from '../no-plan.ts';
import type { ObjectTypes } from '../object-types.ts';
import type { PlannedOperation } from '../plan-in-series.ts';
import { fragmentOn, type AskedSelection } from './asked-selection.ts';
import { createCountLacking } from './count-lacking.ts';
import type { PlainBudget } from './create-plain-planner.ts';
import { ANYBODY, createFindWay, type Limits, type Way } from './find-way.ts';
import { groupedByWay } from './group-by-way.ts';
import { leftOfBoth, NOTHING_LEFT, refuseLeft, type Left } from './left.ts';
import { createPlaceBelow, rootPlace, type Place } from './place.ts';
import type { PlainRequest } from './plain-request.ts';
import { createRequesting } from './request-objects.ts';
import type { Routes } from './routes.ts';
import type { SubgraphKnowledge } from './subgraph-knowledge.ts';
import { createVisitAsked } from './visit-asked.ts';

interface About {
  readonly knowledge: SubgraphKnowledge;
  readonly routes: Routes;
  readonly objectTypes: ObjectTypes;
  readonly operation: PlannedOperation;
  readonly budget: Pick<PlainBudget, 'looks'>;
}

/** Some objects of a place, who may be asked about them, and who is told which requests bring it. */
interface Wanted {
  readonly objects: ReadonlySet<string>;
  readonly limits: Limits;
  readonly by: Set<PlainRequest>;
}

/**
 * Lists the requests that together ask for all of an operation: field by field, from the root on, of whoever has it. Throws where
 * nobody can be asked for something, or there is too much to be looked at.
 */
export function plainRequests(about: About): readonly PlainRequest[] {
  const { subgraphs } = about.knowledge;
  if (about.operation.definition.operation === 'query') {
    const { requests, left } = requestsOf(about, ANYBODY);
    refuseLeft(left);
    return requests;
  }
  // What changes something is begun once: in one subgraph that has, or leads to, all of it.
  for (const one of subgraphs) {
    const others = new Set(subgraphs.filter((other) => other !== one));
    const { requests, left } = requestsOf(about, { ...ANYBODY, tried: others });
    if (left.length === 0) return requests;
  }
  throw new NoPlan('none found', 'the plan would begin in several subgraphs');
}

/** `limits` are those of who may be asked for the root. */
function requestsOf(about: About, limits: Limits): { readonly left: Left; readonly requests: readonly PlainRequest[] } {
  const { operation, selectionSet } = about.operation.definition;
  const requests: PlainRequest[] = [];
  const askAll = createAsking(about, (request) => requests.push(request));
  const root = rootPlace(about.knowledge.schema.getRootType(operation)?.name ?? '');
  const left = askAll(root, selectionSet.selections, { objects: root.objects, limits, by: new Set() });
  return { left, requests };
}

/** Makes what asks for selections of objects at a place, and gives what nobody was found for. */
function createAsking(
  { knowledge, routes, objectTypes, operation: { fragments }, budget }: About,
  onRequest: (request: PlainRequest) => void,
) {
  const count = createCounting(budget);
  const lackedBy = createCountLacking(knowledge, fragments, count);
  const { findWay, isOpen } = createFindWay({ knowledge, routes, objectTypes, lackedBy });
  const visitAsked = createVisitAsked({ objectTypes, fragments, count });
  const placeBelow = createPlaceBelow(knowledge);
  const { requestFor, typedSource } = createRequesting({
    knowledge,
    objectTypes,
    bring: (place, selections, wanted) => refuseLeft(askAll(place, selections, wanted)),
    onRequest,
  });

  function askAll(place: Place, selections: readonly SelectionNode[], wanted: Wanted): Left {
    let left = NOTHING_LEFT;
    // What several have is asked last, of one that is asked for something else.
    const open: { readonly field: FieldNode; readonly objects: ReadonlySet<string> }[] = [];
    visitAsked(selections, wanted.objects, (field, objects) => {
      if (field.name.value === '__typename') askType(place, wanted.by);
      else if (isOpen(place, field, { ...wanted, objects })) open.push({ field, objects });
      else left = leftOfBoth(left, ask(place, field, { ...wanted, objects }));
    });
    for (const { field, objects } of open) left = leftOfBoth(left, ask(place, field, { ...wanted, objects }));
    return left;
  }

  /** What objects are is always asked for where it is not known; where the subgraph does not know, another has to be asked. */
  function askType(place: Place, by: Set<PlainRequest>): void {
    if (place.unknownAs !== undefined) by.add(typedSource(place).request);
  }

  function ask(place: Place, field: FieldNode, wanted: Wanted): Left {
    const { objects, limits } = wanted;
    const groups = groupedByWay(objects, (object) => {
      count();
      return findWay(place, { object, field, objects, limits });
    });
    let left = NOTHING_LEFT;
    for (const { way, objects: some } of groups) {
      const asked = way === undefined ? leftOf(field, some) : askBy(way, place, field, { ...wanted, objects: some });
      left = leftOfBoth(left, asked);
    }
    return left;
  }

  function askBy(way: Way, place: Place, field: FieldNode, { objects, limits, by }: Wanted): Left {
    const source = way.source ?? requestFor(place, objects, way);
    by.add(source.request);
    // Where the subgraph does not know what objects are, it is asked about all of them.
    const meant = source === place.base && place.unknownAs !== undefined ? place.objects : objects;
    const { selectionSet } = field;
    const below = selectionSet && whereBelow(way, knowledge);
    const asked = source.selection.add(field, meant, { shape: way.field.shape, below });
    if (selectionSet === undefined || asked.below === undefined) return NOTHING_LEFT;
    if (selectionSet.selections.some(({ kind }) => kind !== Kind.FIELD)) asked.below.addType();
    const child = placeBelow(place, asked, asked.below, { source, way });
    const left = askAll(child, selectionSet.selections, { objects: child.objects, limits: ANYBODY, by });
    if (left.length === 0) return NOTHING_LEFT;
    const rest = { ...field, selectionSet: { ...selectionSet, selections: left } };
    const others = { ...limits, tried: new Set([...limits.tried, way.subgraph]) };
    return ask(place, rest, { objects, limits: others, by });
  }

  return askAll;
}

/** What a subgraph gives for a field. */
function whereBelow(
  { subgraph, field: { type, isVague } }: Way,
  knowledge: SubgraphKnowledge,
): AskedSelection['where'] {
  const members = knowledge.members(subgraph, type);
  const isUncertain = isVague || members.size !== 1 || knowledge.isInterfaceObject(subgraph, type);
  return { subgraph, type, members, isVague: isUncertain };
}

function leftOf(field: FieldNode, objects: ReadonlySet<string>): Left {
  return [...objects].map((one) => fragmentOn(one, [field]));
}

function createCounting(budget: Pick<PlainBudget, 'looks'>): () => void {
  return () => {
    if ((budget.looks -= 1) < 0) throw new NoPlan('none found', 'the plan would take too much to make');
  };
}
