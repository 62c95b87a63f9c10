import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { EventSettings } from '../../events/bus-settings.ts';
import { openEventBus } from '../../events/open-event-bus.ts';
import { EVENT_TYPES } from '../../wire/names.ts';
import { consumeInto } from '../shared/consume-into.ts';
import type { RequestContext } from '../shared/context.ts';
import { loadSchema } from '../shared/load-schema.ts';
import { startOutboxRelay } from '../shared/outbox-relay.ts';
import { guard } from '../shared/permissions.ts';
import { createSubgraphServer } from '../shared/subgraph-server.ts';
import { createIdentityVerifier, type AssertionKeys } from '../shared/verify-identity.ts';
import { createAccessLogReader } from './access-log.ts';
import { createGrantConsent, createRevokeConsent } from './consents.ts';
import { createRecordConsultation } from './consultations.ts';
import type { Context, UseCases } from './context.ts';
import { permissions } from './permissions.ts';
import { createIssuePrescription } from './prescribing.ts';
import { createRecordAccess } from './record-access.ts';
import { createRecordLoaders } from './record-loaders.ts';
import { createRecordReader } from './record-reader.ts';
import { resolvers } from './resolvers.ts';
import { createAccessStore, type AccessStore } from './store-access.ts';
import { createRecordStore, type RecordStore } from './store-records.ts';
import { noteTreatment } from './store-treatments.ts';
import { createWriteStore, type WriteStore } from './store-writes.ts';
import { openDatabase, type Database } from './store.ts';
import { createTimelineReader } from './timeline.ts';
import { createDemandTreatment } from './treating-doctor.ts';
import { treatmentOf } from './treatment-events.ts';

export interface ClinicalSubgraphOptions {
  readonly databaseUrl: string;
  /** Without it, events are neither published nor heard. */
  readonly eventSettings: EventSettings | undefined;
  readonly assertionKeys: AssertionKeys;
  readonly log: Logger;
  readonly now: () => Date;
  /** Told of every SQL statement, without its values. */
  readonly onStatement?: ((sql: string) => void) | undefined;
}

type Stores = AccessStore & RecordStore & WriteStore;

/** Builds the clinical subgraph. The caller listens with `app`; `close` finishes what is in flight and lets go of everything. */
export async function createClinicalSubgraph(
  options: ClinicalSubgraphOptions,
): Promise<{ readonly app: FastifyInstance; close(): Promise<void> }> {
  const { log, now } = options;
  const database = openDatabase(options.databaseUrl, options.onStatement);
  const stores = { ...createAccessStore(database), ...createRecordStore(database), ...createWriteStore(database) };
  const useCases = createUseCases(stores, now);
  const events = await exchangeEvents(options, database);
  const app = await createSubgraphServer<Context>({
    schema: guard(loadSchema('clinical', resolvers), permissions),
    verifyIdentity: createIdentityVerifier('clinical', options.assertionKeys),
    createContext: (request) => createContext(request, { stores, useCases, now }),
    checkReadiness: () => database.$queryRaw`SELECT 1`,
    log,
  });
  return {
    app,
    async close() {
      await app.close();
      await events.stop();
      await database.$disconnect();
    },
  };
}

function createUseCases(stores: Stores, now: () => Date): UseCases {
  const demandTreatment = createDemandTreatment(stores, now);
  return {
    recordConsultation: createRecordConsultation({ store: stores, demandTreatment, now }),
    issuePrescription: createIssuePrescription({ store: stores, demandTreatment, now }),
    grantConsent: createGrantConsent({ store: stores, now }),
    revokeConsent: createRevokeConsent({ store: stores, now }),
    readAccessLog: createAccessLogReader(stores),
  };
}

function createContext(
  request: RequestContext,
  { stores, useCases, now }: { stores: Stores; useCases: UseCases; now: () => Date },
): Context {
  const access = createRecordAccess({ ...request, store: stores, now });
  const loaders = createRecordLoaders(stores);
  return {
    ...request,
    access,
    loaders,
    records: createRecordReader(request.identity, loaders, access),
    readTimeline: createTimelineReader(stores, loaders),
    useCases,
  };
}

/** Publishes this subgraph's events, and learns from those of the appointments subgraph who treats whom. */
async function exchangeEvents(
  { databaseUrl, eventSettings, log }: ClinicalSubgraphOptions,
  database: Database,
): Promise<{ stop(): Promise<void> }> {
  if (eventSettings === undefined) return { stop: async () => undefined };
  const bus = openEventBus(eventSettings, log);
  const relay = await startOutboxRelay({
    databaseUrl,
    source: 'clinical',
    bus,
    log,
    retentionMs: eventSettings.retentionMs,
  });
  await consumeInto({
    bus,
    database,
    name: 'clinical-treatments',
    types: [EVENT_TYPES.appointmentStatusChanged],
    async handle(event, transaction) {
      const treatment = treatmentOf(event);
      if (treatment !== undefined) await noteTreatment(transaction, treatment);
    },
    log,
  });
  return {
    async stop() {
      await relay.stop();
      await bus.close();
    },
  };
}
