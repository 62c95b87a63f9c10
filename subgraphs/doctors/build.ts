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
import { createLoaders, type Context } from './context.ts';
import { createDirectory } from './directory.ts';
import { permissions } from './permissions.ts';
import { resolvers } from './resolvers.ts';
import { createDirectoryStore } from './store-directory.ts';
import { createStore, openDatabase, type Database, type DatabaseOptions, type Transaction } from './store.ts';
import { welcomeDoctor } from './welcome-doctor.ts';

export interface DoctorsSubgraphOptions extends DatabaseOptions {
  /** The event log; without it the subgraph serves and listens to nothing. */
  readonly eventSettings: EventSettings | undefined;
  readonly assertionKeys: AssertionKeys;
  readonly log: Logger;
}

export interface DoctorsSubgraph {
  /** Not listening yet. */
  readonly app: FastifyInstance;
  /** Ends the requests in flight, then lets go of the database and the event log. */
  close(): Promise<void>;
}

/** Constructs the doctors subgraph. Rejects when it is to listen to events and its database cannot be reached. */
export async function createDoctorsSubgraph(options: DoctorsSubgraphOptions): Promise<DoctorsSubgraph> {
  const { eventSettings, assertionKeys, log } = options;
  const database = openDatabase(options);
  const store = createStore(database);
  const directory = createDirectory(createDirectoryStore(database));
  const app = await createSubgraphServer<Context>({
    schema: guard(loadSchema('doctors', resolvers), permissions),
    verifyIdentity: createIdentityVerifier('doctors', assertionKeys),
    createContext: (request) => ({ ...request, directory, loaders: createLoaders(store, request.identity) }),
    checkReadiness: () => store.check(),
    log,
  });
  const bus = eventSettings === undefined ? undefined : await listenToEvents(eventSettings, database, log);
  return {
    app,
    async close() {
      await app.close();
      await bus?.close();
      await database.$disconnect();
    },
  };
}

async function listenToEvents(eventSettings: EventSettings, database: Database, log: Logger) {
  const bus = openEventBus(eventSettings, log);
  await consumeInto<Transaction>({
    bus,
    database,
    name: 'doctors',
    types: [EVENT_TYPES.userVerified],
    handle: welcomeDoctor,
    log,
  });
  return bus;
}
