import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { EventSettings } from '../../events/bus-settings.ts';
import { openEventBus } from '../../events/open-event-bus.ts';
import { EVENT_TYPES } from '../../wire/names.ts';
import { consumeInto } from '../shared/consume-into.ts';
import { loadSchema } from '../shared/load-schema.ts';
import { guard } from '../shared/permissions.ts';
import { createSubgraphServer } from '../shared/subgraph-server.ts';
import { createIdentityVerifier, type AssertionKeys } from '../shared/verify-identity.ts';
import type { Context } from './context.ts';
import { createLoaders } from './loaders.ts';
import { createOrderReader } from './order-reader.ts';
import { createPlaceOrder } from './ordering.ts';
import { permissions } from './permissions.ts';
import { issuedPrescriptionOf } from './prescription-events.ts';
import { createProductSearch } from './product-search.ts';
import { resolvers } from './resolvers.ts';
import { createCatalogueStore } from './store-catalogue.ts';
import { createOrderStore } from './store-orders.ts';
import { notePrescription } from './store-prescriptions.ts';
import { openDatabase, type Database } from './store.ts';

export interface PharmacySubgraphOptions {
  readonly databaseUrl: string;
  /** Without it, no events are heard. */
  readonly eventSettings: EventSettings | undefined;
  readonly assertionKeys: AssertionKeys;
  readonly log: Logger;
  readonly now: () => Date;
  /** Told of every SQL statement, without its values. */
  readonly onStatement?: ((sql: string) => void) | undefined;
}

/** Builds the pharmacy subgraph. The caller listens with `app`; `close` finishes what is in flight and lets go of everything. */
export async function createPharmacySubgraph(
  options: PharmacySubgraphOptions,
): Promise<{ readonly app: FastifyInstance; close(): Promise<void> }> {
  const database = openDatabase(options.databaseUrl, options.onStatement);
  const store = { ...createCatalogueStore(database), ...createOrderStore(database) };
  const searchProducts = createProductSearch(store);
  const placeOrder = createPlaceOrder({ store, now: options.now });
  const events = await hearEvents(options, database);
  const app = await createSubgraphServer<Context>({
    schema: guard(loadSchema('pharmacy', resolvers), permissions),
    verifyIdentity: createIdentityVerifier('pharmacy', options.assertionKeys),
    createContext: (request) => {
      const loaders = createLoaders(store);
      return {
        ...request,
        loaders,
        orders: createOrderReader(request.identity, store, loaders),
        searchProducts,
        placeOrder,
      };
    },
    checkReadiness: () => database.$queryRaw`SELECT 1`,
    log: options.log,
  });
  return {
    app,
    async close() {
      await app.close();
      await events.close();
      await database.$disconnect();
    },
  };
}

/** Learns from the clinical subgraph which prescriptions there are. */
async function hearEvents(
  { eventSettings, log }: PharmacySubgraphOptions,
  database: Database,
): Promise<{ close(): Promise<void> }> {
  if (eventSettings === undefined) return { close: async () => undefined };
  const bus = openEventBus(eventSettings, log);
  await consumeInto({
    bus,
    database,
    name: 'pharmacy-prescriptions',
    types: [EVENT_TYPES.prescriptionIssued],
    async handle(event, transaction) {
      const prescription = issuedPrescriptionOf(event);
      if (prescription !== undefined) await notePrescription(transaction, prescription);
    },
    log,
  });
  return bus;
}
