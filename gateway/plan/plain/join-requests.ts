import type { Path } from '../compiled-plan.ts';
import type { AskedSelection } from './asked-selection.ts';
import type { PlainRequest, Represented, TakenFromAbove } from './plain-request.ts';

/** What is sent to a subgraph in one request: either something is asked of a root, or entities are looked up. */
export interface JointRequest {
  readonly subgraph: string;
  readonly root: PlainRequest | undefined;
  readonly lookups: readonly Lookup[];
  /** Where the entities have something from objects above: they are all of one place then. */
  readonly taken: TakenFromAbove | undefined;
  /** The requests that it is made of. */
  readonly parts: readonly PlainRequest[];
}

/** Entities of one place, and what is asked of them. */
export interface Lookup {
  readonly path: Path;
  readonly represented: Represented;
  readonly selection: AskedSelection;
}

/**
 * Joins the requests of one part of an operation, round by round: a round needs the answers of those before it alone. What one subgraph
 * is asked for in one round is one request, whatever the places. What nobody waits for goes along with what requires more of the same
 * objects, in a list of its own: where something of that is missing, nothing else is lost. `awaited` are those of whom anybody waits.
 */
export function joinRequests(
  requests: readonly PlainRequest[],
  awaited: ReadonlySet<PlainRequest>,
): readonly (readonly JointRequest[])[] {
  const roundOf = createRoundOf();
  const hosts = hostsOf(requests, awaited, roundOf);
  const rounds: Map<string, Joining>[] = [];
  for (const request of requests) {
    const { subgraph, represented, taken, path, selection } = request;
    const round = (rounds[roundOf(hosts.get(request) ?? request)] ??= new Map<string, Joining>());
    if (represented === undefined || taken !== undefined) {
      const lookups = represented === undefined ? [] : [{ path, represented, selection }];
      const root = represented === undefined ? request : undefined;
      round.set(`${subgraph} ${round.size}`, { subgraph, root, lookups, taken, parts: [request] });
      continue;
    }
    const joint = round.get(subgraph) ?? { subgraph, root: undefined, lookups: [], taken, parts: [] };
    round.set(subgraph, joint);
    joint.lookups.push({ path, represented, selection });
    joint.parts.push(request);
  }
  return rounds.map((round) => [...round.values()]);
}

interface Joining extends JointRequest {
  readonly lookups: Lookup[];
  readonly parts: PlainRequest[];
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

/** By request for whose answer nobody waits: the one for the same objects, of the same subgraph, with which it can go along later. */
function hostsOf(
  requests: readonly PlainRequest[],
  awaited: ReadonlySet<PlainRequest>,
  roundOf: (request: PlainRequest) => number,
): ReadonlyMap<PlainRequest, PlainRequest> {
  const hosts = new Map<PlainRequest, PlainRequest>();
  const requiring = requests.filter(
    ({ represented, taken }) => represented !== undefined && represented.sets.length > 1 && taken === undefined,
  );
  for (const host of requiring)
    for (const request of requests) {
      const isMeant = request.path === host.path && request.subgraph === host.subgraph;
      const isSimple = request.represented?.sets.length === 1 && request.taken === undefined && !awaited.has(request);
      if (isMeant && isSimple && roundOf(host) > roundOf(request)) hosts.set(request, host);
    }
  return hosts;
}
