import type { UpstreamMetrics } from './upstream/upstream-metrics.ts';

/** What the realtime side tells of itself. Nothing in it says who a client is or what an event was about. */
export interface RealtimeMetrics extends UpstreamMetrics {
  readonly socketOpened: () => void;
  /** `reason`: the gateway's reason, or `client` where the other side ended it. */
  readonly socketClosed: (reason: string) => void;
  readonly streamOpened: () => void;
  /** As of a socket; `client` also where the subscription had no more to send. */
  readonly streamClosed: (reason: string) => void;
  readonly subscriptionOpened: () => void;
  readonly subscriptionEnded: () => void;
  /** A client came back: `resumed`, or `gap` when it may have missed events that are not kept any more. */
  readonly resume: (outcome: 'resumed' | 'gap') => void;
  /** So many answers were passed over for later ones of the same state. */
  readonly skipped: (count: number) => void;
  /** An operation was refused, because its client had too many. */
  readonly operationRefused: () => void;
  /** How many events are kept for clients that come back. */
  readonly kept: (events: number) => void;
}
