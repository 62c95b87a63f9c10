import type { IncomingMessage } from 'node:http';
import type { Logger } from 'pino';
import type { EventBus } from '../../events/event-bus.ts';
import type { LoggedEvent } from '../../wire/domain-event.ts';
import { EVENT_TYPES } from '../../wire/names.ts';
import type { RevokedSessions } from '../auth/revoked-sessions.ts';
import type { PresentErrors } from '../errors/present-errors.ts';
import { AbortSwitch } from '../lib/abort-notice.ts';
import type { Clock } from '../lib/clock.ts';
import { acceptSockets, type SocketDoor } from './accept-sockets.ts';
import { createClientRegistry } from './client-registry.ts';
import { CLOSE } from './close-codes.ts';
import { createProtocol } from './create-protocol.ts';
import { createSubscribe } from './create-subscribe.ts';
import { deliverEvent } from './deliver-event.ts';
import { drainClients } from './drain-clients.ts';
import { EventWindow } from './event-window.ts';
import { listenForEvents } from './listen-for-events.ts';
import { createStreams, type OpenStream } from './open-stream.ts';
import type { EngineInForce } from './realtime-engine.ts';
import type { RealtimeMetrics } from './realtime-metrics.ts';
import { SocketIdentity } from './socket-identity.ts';
import type { SocketLimits } from './socket-limits.ts';
import { createSubscriberIndex } from './subscriber-index.ts';
import { createTakeUp } from './take-up.ts';
import { createSubscribeUpstream } from './upstream/create-subscribe-upstream.ts';
import { openUpstreams, type UpstreamSettings } from './upstream/open-upstreams.ts';

export interface RealtimeSettings {
  readonly limits: SocketLimits;
  /** Over how long clients are told to go when the gateway stops. */
  readonly drainMs: number;
  /** How far back a client can resume, unless more has happened than `maxKeptEvents`. */
  readonly resumeMs: number;
  readonly maxKeptEvents: number;
  readonly upstream: UpstreamSettings;
}

export interface RealtimeOptions {
  readonly engine: EngineInForce;
  /** Where events come from; undefined: subscriptions are refused. The caller closes it. */
  readonly bus: EventBus | undefined;
  readonly settings: RealtimeSettings;
  readonly presentErrors: PresentErrors;
  /** Client headers that subgraphs see. */
  readonly forwardHeaders: readonly string[];
  readonly revokedSessions: RevokedSessions;
  /** Where a client is, as far as the proxies in front can be believed. */
  readonly addressOf: (request: IncomingMessage) => string;
  readonly clock: Clock;
  readonly newRequestId: () => string;
  readonly metrics: RealtimeMetrics;
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>;
  readonly keepAliveMs?: number;
}

/** GraphQL over WebSocket, and the subscriptions that live on it. */
export interface Realtime {
  /** Subscriptions whose answers go out in the body of an HTTP response. */
  readonly openStream: OpenStream;
  readonly handleUpgrade: SocketDoor['handleUpgrade'];
  /**
   * To be called when another engine has come into force: each subscription goes on there, or ends with the error that says why it
   * cannot.
   */
  readonly renew: () => void;
  /** Takes no new sockets or streams, tells the clients one after the other to go elsewhere, then listens to no more events. */
  readonly stop: () => Promise<void>;
}

const KEEP_ALIVE_MS = 12_000;

/** Builds the gateway's realtime side: sockets that speak graphql-transport-ws, and streams over HTTP, fed by the event bus. */
export function createRealtime(options: RealtimeOptions): Realtime {
  const { settings, clock, log, metrics, revokedSessions, keepAliveMs = KEEP_ALIVE_MS } = options;
  const { limits, resumeMs } = settings;
  const isRevoked = revokedSessions.has;
  const reportFault = (cause: unknown): void => log.error({ err: cause }, 'a bug: an error on a socket');
  // Every question of every event listens to it.
  const stopping = new AbortSwitch();

  const registry = createClientRegistry(limits);
  const index = createSubscriberIndex();
  const window = new EventWindow({ maxAgeMs: resumeMs, maxEvents: settings.maxKeptEvents, clock });
  const events = listenForEvents({ ...options, window, since: new Date(clock() - resumeMs), onEvent: hear });
  const { subscribe, renew } = createSubscribe({ ...options, index, window, signal: stopping });
  const upstreams = openUpstreams({ settings: settings.upstream, log, metrics });
  const upstream = createSubscribeUpstream({ ...options, upstreams, signal: stopping });
  const takeUp = createTakeUp({
    subscribe,
    subscribeUpstream: upstream.subscribe,
    window,
    eventsArrive: events.arrive,
  });
  const streams = createStreams({
    ...options,
    registry,
    takeUp,
    isRevoked,
    maxWaitingAnswers: limits.maxWaitingAnswers,
  });
  const identity = new SocketIdentity({ ...options, registry, isRevoked });
  const protocol = createProtocol({ ...options, identity, takeUp, window, limits, eventsArrive: events.arrive });
  const door = acceptSockets({ ...options, registry, protocol, identity, limits, keepAliveMs, reportFault });

  function hear(event: LoggedEvent): void {
    metrics.kept(window.size);
    if (event.type !== EVENT_TYPES.sessionEnded) {
      deliverEvent(index, event);
      return;
    }
    revokedSessions.add(event.subject);
    for (const client of registry.ofSignIn(event.subject)) client.close(CLOSE.sessionEnded);
  }

  return {
    openStream: streams.open,
    handleUpgrade: door.handleUpgrade,
    renew() {
      Promise.all([renew(), upstream.renew()]).catch(reportFault);
    },
    async stop() {
      streams.refuse();
      door.shut();
      await drainClients(registry.all(), settings.drainMs);
      stopping.abort();
      await Promise.all([events.stop(), upstreams.stop()]);
    },
  };
}
