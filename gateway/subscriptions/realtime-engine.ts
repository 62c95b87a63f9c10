import type { GraphQLSchema } from 'graphql';
import type { OperationResult } from '../context.ts';
import type { Replaceable } from '../lib/replaceable.ts';
import type { Prepared, Steps } from '../pipeline.ts';
import type { EventSource } from './event-sources.ts';
import type { UpstreamOf } from './upstream/create-upstream-of.ts';

/** What a socket and its subscriptions need of everything that is made from the supergraph. */
export interface RealtimeEngine {
  readonly steps: Pick<Steps<unknown>, 'authenticate' | 'prepare' | 'authorize'>;
  /** Authorizes, plans and executes what has been prepared. */
  readonly runPrepared: (prepared: Prepared) => Promise<OperationResult>;
  /** What a subgraph is asked for the events of a subscription that has no event source. */
  readonly upstreamOf: UpstreamOf;
  /** Runs a subscription's plan on one event of its subgraph; who may see what is judged anew. */
  readonly runOnEvent: (prepared: Prepared, payload: unknown) => Promise<OperationResult>;
  /** The supergraph as written. */
  readonly schema: GraphQLSchema;
  /** By the name of the subscription field. */
  readonly eventSources: ReadonlyMap<string, EventSource>;
}

/** The engine in force. A subscription may outlive it, and must not keep it alive. */
export type EngineInForce = Pick<Replaceable<RealtimeEngine>, 'use'>;
