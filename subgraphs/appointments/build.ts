import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { EventSettings } from '../../events/bus-settings.ts';
import { openEventBus } from '../../events/open-event-bus.ts';
import { loadSchema } from '../shared/load-schema.ts';
import { startOutboxRelay } from '../shared/outbox-relay.ts';
import { guard } from '../shared/permissions.ts';
import { createSubgraphServer } from '../shared/subgraph-server.ts';
import { createIdentityVerifier, type AssertionKeys } from '../shared/verify-identity.ts';
import { createAvailability } from './availability.ts';
import { createBookAppointment } from './booking.ts';
import { createCaller } from './caller.ts';
import { createChangeStatus } from './changing.ts';
import { createListAppointments } from './listing.ts';
import { createLoaders } from './loaders.ts';
import { permissions } from './permissions.ts';
import { createRescheduleAppointment } from './rescheduling.ts';
import { resolvers } from './resolvers.ts';
import { createAppointmentStore } from './store-appointments.ts';
import { createCalendarStore } from './store-calendars.ts';
import { createChangeStore } from './store-changes.ts';
import { createReferralStore } from './store-referrals.ts';
import { createSlotStore } from './store-slots.ts';
import { isReachable, openDatabase, type Database } from './store.ts';

export interface AppointmentsOptions {
  readonly databaseUrl: string;
  /** Without it events stay in the outbox. */
  readonly eventSettings: EventSettings | undefined;
  readonly assertionKeys: AssertionKeys;
  readonly log: Logger;
  readonly now?: () => Date;
  /** Told of every SQL statement, without its values. */
  readonly onStatement?: (sql: string) => void;
}

export interface AppointmentsSubgraph {
  readonly app: FastifyInstance;
  close(): Promise<void>;
}

/** Builds the appointments subgraph; the caller listens. */
export async function createAppointmentsSubgraph(options: AppointmentsOptions): Promise<AppointmentsSubgraph> {
  const { databaseUrl, eventSettings, assertionKeys, log, now = () => new Date(), onStatement } = options;
  const database = openDatabase(databaseUrl, onStatement);
  const createRequestParts = construct(database, now);
  const app = await createSubgraphServer({
    schema: guard(loadSchema('appointments', resolvers), permissions),
    verifyIdentity: createIdentityVerifier('appointments', assertionKeys),
    createContext: (request) => ({ ...request, ...createRequestParts(request.identity) }),
    checkReadiness: () => isReachable(database),
    log,
  });
  const stopRelay = eventSettings === undefined ? undefined : await startRelay({ databaseUrl, eventSettings, log });
  return {
    app,
    async close() {
      await app.close();
      await stopRelay?.();
      await database.$disconnect();
    },
  };
}

/** Puts stores and use cases together; returns what makes the parts of one request's context. */
function construct(database: Database, now: () => Date) {
  const slots = createSlotStore(database);
  const appointments = createAppointmentStore(database);
  const calendars = createCalendarStore(database);
  const referrals = createReferralStore(database);
  const changes = createChangeStore(database, calendars.staffOf);
  const availability = createAvailability(slots, now);
  const parts = { slots, appointments, calendars, referrals, changes, availability, now, newId: randomUUID };
  const useCases = {
    availability,
    listAppointments: createListAppointments(appointments, now),
    bookAppointment: createBookAppointment(parts),
    rescheduleAppointment: createRescheduleAppointment(parts),
    changeStatus: createChangeStatus(parts),
  };
  return (identity: Parameters<typeof createCaller>[0]) => {
    const caller = createCaller(identity, calendars.assignmentsOf);
    return { ...useCases, caller, loaders: createLoaders(parts, caller) };
  };
}

async function startRelay({
  databaseUrl,
  eventSettings,
  log,
}: Pick<AppointmentsOptions, 'databaseUrl' | 'log'> & { readonly eventSettings: EventSettings }): Promise<
  () => Promise<void>
> {
  const bus = openEventBus(eventSettings, log);
  const relay = await startOutboxRelay({
    databaseUrl,
    source: 'appointments',
    bus,
    log,
    retentionMs: eventSettings.retentionMs,
  });
  return async () => {
    await relay.stop();
    await bus.close();
  };
}
