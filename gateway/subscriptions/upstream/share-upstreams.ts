import type { Logger } from 'pino';
import type { OperationResult } from '../../context.ts';
import { GatewayError } from '../../errors/gateway-error.ts';
import type { Connect, ConnectionEnd } from './connect.ts';
import { keepConnected, type Persistence } from './keep-connected.ts';
import type { UpstreamMetrics } from './upstream-metrics.ts';
import type { UpstreamAddress, UpstreamRequest } from './upstream-request.ts';

/** One client's part in a subscription to a subgraph. */
export interface Member {
  /** Members with the same key are shown the same of an event. */
  readonly shareKey: string;
  /** Asks what an event shows; undefined when it shows nothing. Never rejects. */
  readonly resolve: (payload: unknown) => Promise<OperationResult | undefined>;
  readonly push: (answer: Promise<OperationResult | undefined>) => void;
  /** Events may have been missed. */
  readonly onGap: () => void;
  readonly onEnd: (end: ConnectionEnd) => void;
}

/** The subscriptions to subgraphs that are open. They outlive supergraphs. */
export interface Upstreams {
  /**
   * Listens with everyone else who asked the same as the same caller; the first opens the subscription, the last to leave ends it.
   * Returns what leaves. Throws `RATE_LIMITED` when too many different ones are open.
   */
  readonly join: (request: UpstreamRequest, member: Member) => () => void;
  /** Leaves them all, without a word to the members. */
  readonly stop: () => Promise<void>;
}

interface Options {
  readonly connect: Readonly<Record<UpstreamAddress['protocol'], Connect>>;
  readonly persistence: Persistence;
  readonly maxUpstreams: number;
  readonly log: Pick<Logger, 'warn'>;
  readonly metrics: UpstreamMetrics;
}

interface Upstream {
  readonly subgraph: string;
  readonly members: Set<Member>;
  readonly abort: AbortController;
}

/** Builds the place where equal subscriptions to subgraphs are opened once. */
export function createUpstreams({ connect, persistence, maxUpstreams, log, metrics }: Options): Upstreams {
  const open = new Map<string, Upstream>();

  const close = (key: string, upstream: Upstream): void => {
    if (upstream.abort.signal.aborted) return;
    if (open.get(key) === upstream) open.delete(key);
    upstream.abort.abort();
    metrics.upstreamEnded(upstream.subgraph);
  };

  const start = (request: UpstreamRequest): Upstream => {
    if (open.size >= maxUpstreams)
      throw new GatewayError('RATE_LIMITED', 'Too many live updates are open at the moment: try again later.');
    const { subgraph, address, key } = request;
    const upstream: Upstream = { subgraph, members: new Set(), abort: new AbortController() };
    const end = (ended: ConnectionEnd): void => {
      close(key, upstream);
      for (const member of upstream.members) member.onEnd(ended);
    };
    open.set(key, upstream);
    metrics.upstreamOpened(subgraph);
    keepConnected(
      request,
      {
        onPayload: (payload) => deliver(upstream.members, payload),
        onGap: () => upstream.members.forEach((member) => member.onGap()),
        onEnd: end,
        onLost(cause) {
          metrics.upstreamLost(subgraph);
          log.warn({ err: cause, subgraph }, 'a subscription to a subgraph was lost: trying again');
        },
      },
      { connect: connect[address.protocol], signal: upstream.abort.signal, persistence },
    ).catch((cause: unknown) => end({ kind: 'lost', cause, mayRetry: false }));
    return upstream;
  };

  return {
    join(request, member) {
      const upstream = open.get(request.key) ?? start(request);
      upstream.members.add(member);
      return () => {
        upstream.members.delete(member);
        if (upstream.members.size === 0) close(request.key, upstream);
      };
    },
    async stop() {
      for (const [key, upstream] of open) close(key, upstream);
    },
  };
}

/** What an event shows is asked once for all members with the same operation, as deliveries of our own events have it. */
function deliver(members: ReadonlySet<Member>, payload: unknown): void {
  const answers = new Map<string, Promise<OperationResult | undefined>>();
  for (const { shareKey, resolve, push } of members) {
    const answer = answers.get(shareKey) ?? resolve(payload);
    answers.set(shareKey, answer);
    push(answer);
  }
}
