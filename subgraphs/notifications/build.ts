import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { EventSettings } from '../../events/bus-settings.ts';
import { openEventBus } from '../../events/open-event-bus.ts';
import { EVENT_TYPES } from '../../wire/names.ts';
import { consumeInto } from '../shared/consume-into.ts';
import { loadSchema } from '../shared/load-schema.ts';
import { startOutboxRelay } from '../shared/outbox-relay.ts';
import { guard } from '../shared/permissions.ts';
import { createSubgraphServer } from '../shared/subgraph-server.ts';
import { createIdentityVerifier, type AssertionKeys } from '../shared/verify-identity.ts';
import { createContext, type Context } from './context.ts';
import { permissions } from './permissions.ts';
import { resolvers } from './resolvers.ts';
import { createStore, openDatabase, type Database, type DatabaseOptions, type Transaction } from './store.ts';
import { createTellOfAppointment } from './tell-of-appointment.ts';

export interface NotificationsSubgraphOptions extends DatabaseOptions {
  /** The event log; without it the subgraph serves, but neither hears of anything nor tells. */
  readonly eventSettings: EventSettings | undefined;
  readonly assertionKeys: AssertionKeys;
  readonly log: Logger;
  readonly now: () => Date;
}

export interface NotificationsSubgraph {
  /** Not listening yet. */
  readonly app: FastifyInstance;
  /** Ends the requests in flight, then lets go of the database and the event log. */
  close(): Promise<void>;
}

/** Constructs the notifications subgraph. Rejects when it is to hear of events and its database cannot be reached. */
export async function createNotificationsSubgraph(
  options: NotificationsSubgraphOptions,
): Promise<NotificationsSubgraph> {
  const { assertionKeys, log, now } = options;
  const database = openDatabase(options);
  const store = createStore(database);
  const app = await createSubgraphServer<Context>({
    schema: guard(loadSchema('notifications', resolvers), permissions),
    verifyIdentity: createIdentityVerifier('notifications', assertionKeys),
    createContext: (request) => createContext(store, now, request),
    checkReadiness: () => store.check(),
    log,
  });
  const events = await joinEvents(options, database);
  return {
    app,
    async close() {
      await app.close();
      await events?.close();
      await database.$disconnect();
    },
  };
}

async function joinEvents(options: NotificationsSubgraphOptions, database: Database) {
  const { databaseUrl, eventSettings, log } = options;
  if (eventSettings === undefined) return undefined;
  const bus = openEventBus(eventSettings, log);
  await consumeInto<Transaction>({
    bus,
    database,
    name: 'notifications',
    types: [EVENT_TYPES.appointmentStatusChanged],
    handle: createTellOfAppointment(randomUUID),
    log,
  });
  const relay = await startOutboxRelay({
    databaseUrl,
    source: 'notifications',
    bus,
    log,
    retentionMs: eventSettings.retentionMs,
  });
  return {
    async close() {
      await relay.stop();
      await bus.close();
    },
  };
}
