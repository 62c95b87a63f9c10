import type { Logger } from 'pino';
import { openEventBus } from '../events/open-event-bus.ts';
import type { RevokedSessions } from './auth/revoked-sessions.ts';
import type { Settings } from './config/settings.ts';
import type { PresentErrors } from './errors/present-errors.ts';
import { clientAddress } from './http/client-address.ts';
import { upgradesOfGraphql } from './http/upgrade.ts';
import type { Clock } from './lib/clock.ts';
import { newRequestId } from './lib/new-request-id.ts';
import type { Metrics } from './observability/create-metrics.ts';
import { measureEvents } from './observability/measure-events.ts';
import { createRealtime, type Realtime } from './subscriptions/create-realtime.ts';
import type { EngineInForce } from './subscriptions/realtime-engine.ts';

interface Parts {
  readonly settings: Settings;
  readonly engine: EngineInForce;
  readonly presentErrors: PresentErrors;
  readonly clock: Clock;
  readonly revokedSessions: RevokedSessions;
  readonly metrics: Metrics;
  readonly log: Logger;
}

/** Puts the sockets of `/graphql` together, with the event bus that feeds their subscriptions. */
export function buildRealtime({ settings, metrics, ...parts }: Parts): Realtime {
  const { eventSettings, forwardHeaders } = settings;
  const bus = eventSettings && measureEvents(openEventBus(eventSettings, parts.log), metrics, parts.clock);
  const realtime = createRealtime({
    ...parts,
    bus,
    metrics: metrics.realtime,
    settings: settings.realtime,
    addressOf: (request) => clientAddress(request, settings.trustedProxies),
    forwardHeaders,
    newRequestId,
  });
  return {
    ...realtime,
    handleUpgrade: upgradesOfGraphql(realtime.handleUpgrade),
    stop: async () => {
      await realtime.stop();
      await bus?.close();
    },
  };
}
