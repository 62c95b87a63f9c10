import { Kind, type FieldNode, type SelectionNode } from 'graphql';
import type { ObjectTypes } from '../object-types.ts';
import type { PlannedOperation } from '../plan-in-series.ts';
import type { AskedSelection } from './asked-selection.ts';
import { spend, type PlainBudget } from './budget.ts';
import { createCountLacking } from './count-lacking.ts';
import { createFindWay } from './find-way.ts';
import { groupedByWay } from './group-by-way.ts';
import { leftOfBoth, NOTHING_LEFT, refuseLeft, type Left } from './left.ts';
import { createPlaceBelow, type Place, type Source } from './place.ts';
import type { PlainRequest, Section } from './plain-request.ts';
import { createRequesting } from './request-objects.ts';
import type { Routes } from './routes.ts';
import type { SubgraphKnowledge } from './subgraph-knowledge.ts';
import { createVisitAsked } from './visit-asked.ts';
import { ANYBODY, type Limits, type Way } from './way.ts';

/** What is asked for, and what it takes to know whom. */
export interface About {
  readonly knowledge: SubgraphKnowledge;
  readonly routes: Routes;
  readonly objectTypes: ObjectTypes;
  readonly operation: PlannedOperation;
  readonly budget: PlainBudget;
}

/** Some objects of a place, who may be asked about them, who is told which requests bring it, and for which part of the operation. */
export interface Wanted {
  readonly objects: ReadonlySet<string>;
  readonly limits: Limits;
  readonly by: Set<PlainRequest>;
  readonly section: Section;
}

/** A deferred fragment that was met. */
export interface Met {
  readonly id: string;
  readonly within: Section;
  readonly place: Place;
  readonly selections: readonly SelectionNode[];
  readonly objects: ReadonlySet<string>;
}

/** Asks for selections of objects at a place, and gives what nobody was found for. */
export type AskAll = (place: Place, selections: readonly SelectionNode[], wanted: Wanted) => Left;

/** Told of what is found on the way. */
export interface OnFound {
  readonly request: (request: PlainRequest) => void;
  /** Gives what of it is not to be deferred. */
  readonly deferred: (fragment: Met) => readonly SelectionNode[];
}

/** Makes what asks for selections. */
export function createAskAll({ knowledge, routes, objectTypes, operation, budget }: About, found: OnFound): AskAll {
  const { fragments } = operation;
  const count = (): void => spend(budget, 'looks');
  const lackedBy = createCountLacking({ knowledge, objectTypes }, fragments, count);
  const { findWay, isOpen } = createFindWay({ knowledge, routes, objectTypes, lackedBy, count });
  const visitAsked = createVisitAsked({ objectTypes, fragments, count });
  const placeBelow = createPlaceBelow(knowledge);
  const { requestFor, askType, withArguments } = createRequesting({
    ...{ knowledge, objectTypes, operation: operation.definition },
    bring: (place, selections, wanted) => refuseLeft(askAll(place, selections, wanted)),
    onRequest: found.request,
  });

  function askAll(place: Place, selections: readonly SelectionNode[], wanted: Wanted): Left {
    let left = NOTHING_LEFT;
    // What several have is asked last, of one that is asked for something else.
    const open: { readonly field: FieldNode; readonly objects: ReadonlySet<string> }[] = [];
    visitAsked(selections, wanted.objects, {
      field: (field, objects) => {
        if (field.name.value === '__typename') askType(place, wanted);
        else if (isOpen(place, field, { objects, limits: wanted.limits })) open.push({ field, objects });
        else left = leftOfBoth(left, ask(place, field, narrowed(wanted, objects)));
      },
      deferred: (id, within, objects) => {
        const rest = found.deferred({ id, within: wanted.section, place, selections: within, objects });
        left = leftOfBoth(left, askAll(place, rest, narrowed(wanted, objects)));
      },
    });
    for (const { field, objects } of open) left = leftOfBoth(left, ask(place, field, narrowed(wanted, objects)));
    return left;
  }

  function ask(place: Place, field: FieldNode, wanted: Wanted): Left {
    const { objects, limits } = wanted;
    if (hasToBeTyped(place, field.name.value, knowledge)) askType(place, wanted);
    const sharedBy = new Map<string, boolean>();
    const groups = groupedByWay(objects, (object) => findWay(place, { object, field, objects, limits, sharedBy }));
    // What is asked of several at once, and cannot be had of some, is not put together from what several give for the field above.
    if (groups.some(({ way }) => way === undefined)) return leftOf(field, objects);
    return groups.reduce<Left>((left, { way, objects: some }) => {
      if (way === undefined) return left;
      // What was asked of others meanwhile may look otherwise.
      const isTaken = way.source?.selection.clashesWith(field, way.field.shape) === true;
      const those = narrowed(wanted, some);
      return leftOfBoth(left, isTaken ? ask(place, field, those) : askBy(way, place, field, those));
    }, NOTHING_LEFT);
  }

  function askBy(way: Way, place: Place, field: FieldNode, wanted: Wanted): Left {
    const { objects, limits, by, section } = wanted;
    const source = way.source ?? requestFor(place, way, wanted);
    by.add(source.request);
    const meant = isVagueSource(source, place) ? place.objects : objects;
    const { selectionSet } = field;
    const below = selectionSet && whereBelow(way, knowledge);
    const asked = source.selection.add(withArguments(field, way.field.contexts), meant, way.field, below);
    if (selectionSet === undefined || asked.below === undefined) return NOTHING_LEFT;
    if (selectionSet.selections.some(({ kind }) => kind !== Kind.FIELD)) asked.below.addType();
    const child = placeBelow(place, asked, asked.below, { source, way });
    const left = askAll(child, selectionSet.selections, { objects: child.objects, limits: ANYBODY, by, section });
    if (left.length === 0) return NOTHING_LEFT;
    const tried = new Set([...limits.tried, way.subgraph]);
    return ask(place, withSelections(field, left), { objects, limits: { tried, below: limits.below }, by, section });
  }

  return askAll;
}

/** The same of fewer objects. */
function narrowed({ limits, by, section }: Wanted, objects: ReadonlySet<string>): Wanted {
  return { objects, limits, by, section };
}

/** Whether a field looks different for different objects, whose types their subgraph does not know, nor the field: then they are asked for first. */
function hasToBeTyped(
  { base, unknownAs, typed }: Place,
  name: string,
  { subgraphs, field, isUneven }: SubgraphKnowledge,
): boolean {
  if (base === undefined || unknownAs === undefined || typed !== undefined) return false;
  const isHad = field(base.request.subgraph, unknownAs, name) !== undefined;
  return !isHad && subgraphs.some((one) => isUneven(one, unknownAs, name));
}

/** Whether what is asked does not know what the objects are: then it is asked about all of them. */
function isVagueSource(source: Source, { base, unknownAs }: Place): boolean {
  return source === base && unknownAs !== undefined;
}

function withSelections(field: FieldNode, selections: readonly SelectionNode[]): FieldNode {
  return { ...field, selectionSet: { kind: Kind.SELECTION_SET, selections } };
}

/** What a subgraph gives for a field. */
function whereBelow(
  { subgraph, field: { type, isVague, enclosing } }: Way,
  knowledge: SubgraphKnowledge,
): AskedSelection['where'] {
  const members = enclosing?.members ?? knowledge.members(subgraph, type);
  const isUncertain = isVague || members.size !== 1 || knowledge.isInterfaceObject(subgraph, type);
  return { subgraph, type: enclosing?.type ?? type, members, isVague: isUncertain };
}

function leftOf(field: FieldNode, objects: ReadonlySet<string>): Left {
  return [...objects].map((one) => fragmentOn(one, [field]));
}

/** A fragment on a type. */
function fragmentOn(name: string, selections: readonly SelectionNode[]): SelectionNode {
  return {
    kind: Kind.INLINE_FRAGMENT,
    typeCondition: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: name } },
    selectionSet: { kind: Kind.SELECTION_SET, selections },
  };
}
