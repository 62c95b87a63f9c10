import type { Path } from '../compiled-plan.ts';
import { areEqual, type AskedSelection } from './asked-selection.ts';
import type { PlainRequest, Represented } from './plain-request.ts';

/** What is sent to a subgraph in one request: either something is asked of a root, or entities are looked up. */
export interface JointRequest {
  readonly subgraph: string;
  readonly root: PlainRequest | undefined;
  readonly lookups: readonly Lookup[];
  /** The requests that it is made of. */
  readonly parts: readonly PlainRequest[];
}

/** Entities of one place, and all that is asked of them in one request. */
export interface Lookup {
  readonly path: Path;
  readonly represented: Represented;
  readonly type: string;
  readonly selections: readonly AskedSelection[];
}

/**
 * Joins the requests of one part of an operation, round by round: a round needs the answers of those before it alone. What one subgraph
 * is asked for in one round is one request, whatever the places. Of one place, what nobody waits for is asked together with what
 * requires more. `awaited` are those of whom anybody waits.
 */
export function joinRequests(
  requests: readonly PlainRequest[],
  awaited: ReadonlySet<PlainRequest>,
): readonly (readonly JointRequest[])[] {
  const roundOf = createRoundOf();
  const companions = companionsOf(requests, awaited, roundOf);
  const taken = new Set([...companions.values()].flat());
  const rounds: Map<string, Joining>[] = [];
  for (const request of requests) {
    if (taken.has(request)) continue;
    const round = (rounds[roundOf(request)] ??= new Map<string, Joining>());
    const { subgraph, represented } = request;
    if (represented === undefined) {
      round.set(`${subgraph} ${round.size}`, { subgraph, root: request, lookups: [], parts: [request] });
      continue;
    }
    const joint = round.get(subgraph) ?? { subgraph, root: undefined, lookups: [], parts: [] };
    round.set(subgraph, joint);
    const others = companions.get(request) ?? [];
    joint.lookups.push(lookupOf(request, represented, others));
    joint.parts.push(request, ...others);
  }
  return rounds.map((round) => [...round.values()]);
}

interface Joining extends JointRequest {
  readonly lookups: Lookup[];
  readonly parts: PlainRequest[];
}

function lookupOf(
  { path, selection }: PlainRequest,
  represented: Represented,
  companions: readonly PlainRequest[],
): Lookup {
  const selections = [selection, ...companions.map((one) => one.selection)];
  return { path, represented, type: selection.where.type, selections };
}

/** Makes what tells how many requests of its part have to be answered one after the other before a request. */
function createRoundOf(): (request: PlainRequest) => number {
  const known = new Map<PlainRequest, number>();
  return function roundOf(request): number {
    let round = known.get(request);
    if (round === undefined) {
      round = 0;
      for (const one of request.after) if (one.section === request.section) round = Math.max(round, roundOf(one) + 1);
      known.set(request, round);
    }
    return round;
  };
}

/** By request: those for whose answers nobody waits, and which tell its subgraph less of the same objects, no later. */
function companionsOf(
  requests: readonly PlainRequest[],
  awaited: ReadonlySet<PlainRequest>,
  roundOf: (request: PlainRequest) => number,
): ReadonlyMap<PlainRequest, readonly PlainRequest[]> {
  const ofPlace = new Map<Path, PlainRequest[]>();
  for (const request of requests) {
    const others = ofPlace.get(request.path);
    if (others === undefined) ofPlace.set(request.path, [request]);
    else others.push(request);
  }
  const companions = new Map<PlainRequest, PlainRequest[]>();
  const taken = new Set<PlainRequest>();
  for (const request of requests) {
    if (awaited.has(request) || companions.has(request)) continue;
    const host = ofPlace
      .get(request.path)
      ?.find((one) => !taken.has(one) && canTake(one, request) && roundOf(one) >= roundOf(request));
    if (host === undefined) continue;
    taken.add(request);
    companions.set(host, [...(companions.get(host) ?? []), request]);
  }
  return companions;
}

function canTake(host: PlainRequest, other: PlainRequest): boolean {
  const [more, less] = [host.represented, other.represented];
  return (
    more !== undefined &&
    less !== undefined &&
    host.subgraph === other.subgraph &&
    more.sets.length > less.sets.length &&
    less.sets.every((one) => more.sets.includes(one)) &&
    more.calledAs === less.calledAs &&
    areEqual(more.types, less.types) &&
    areEqual(host.selection.where.members, other.selection.where.members) &&
    !other.selection.keys().some((key) => host.selection.keys().includes(key))
  );
}
