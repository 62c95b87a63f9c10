import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { EventSettings } from '../../events/bus-settings.ts';
import { openEventBus } from '../../events/open-event-bus.ts';
import { ACCESS_TOKEN_JWKS_PATH, EVENT_TYPES } from '../../wire/names.ts';
import { consumeInto } from '../shared/consume-into.ts';
import { loadSchema } from '../shared/load-schema.ts';
import type { Mailer } from '../shared/mailer.ts';
import { startOutboxRelay } from '../shared/outbox-relay.ts';
import { guard } from '../shared/permissions.ts';
import { createSubgraphServer } from '../shared/subgraph-server.ts';
import { createIdentityVerifier, type AssertionKeys } from '../shared/verify-identity.ts';
import { ACCESS_TOKEN_LIFETIME_S, createAccessTokenIssuer } from './access-token.ts';
import { createBrake } from './brake.ts';
import { noteCare } from './care-relationships.ts';
import { createChangePassword } from './change-password.ts';
import { createPasswordCheck } from './check-password.ts';
import { createContextFactory, type UseCases } from './context.ts';
import { deriveKey } from './derive-key.ts';
import { createLogIn } from './log-in.ts';
import { createCodeHasher } from './one-time-code.ts';
import { createPasswords } from './password-hash.ts';
import { permissions } from './permissions.ts';
import { createPostman, type Postman } from './postman.ts';
import { createRegister } from './register.ts';
import { createResendOtp } from './resend-otp.ts';
import { resolvers } from './resolvers.ts';
import { createSessions } from './sessions.ts';
import { createSigningKeys, type SigningKeys } from './signing-keys.ts';
import { createAccountStore } from './store-accounts.ts';
import { createAttemptStore } from './store-attempts.ts';
import { createCareStore } from './store-care.ts';
import { createSessionStore } from './store-sessions.ts';
import { createSigningKeyStore } from './store-signing-keys.ts';
import { checkDatabase, openDatabase, type Database } from './store.ts';
import { createUpdateProfile } from './update-profile.ts';
import { startUpkeep } from './upkeep.ts';
import { createVerifyOtp } from './verify-otp.ts';

export interface UsersSubgraphOptions {
  readonly databaseUrl: string;
  /** Undefined: neither publishes events nor hears of any. */
  readonly eventSettings: EventSettings | undefined;
  readonly assertionKeys: AssertionKeys;
  readonly log: Logger;
  readonly now: () => Date;
  readonly mailer: Mailer;
  /** `iss` and `aud` of the access tokens. */
  readonly issuer: string;
  readonly audience: string;
  /** Whatever must not be readable in the database is encrypted or hashed under keys derived from it. */
  readonly secret: string;
  readonly keyRotationDays: number;
  /** How often an instance looks for keys that others made. */
  readonly keyPollMs?: number;
  /** How long answers take at least whose time would otherwise tell whether an address is known. */
  readonly paceMs?: number;
  /** Hears of every SQL statement. */
  readonly onQuery?: (sql: string) => void;
}

export interface UsersSubgraph {
  readonly app: FastifyInstance;
  /** Makes a new signing key, which signs after it has been published for some minutes. */
  rotateKeys(): Promise<void>;
  close(): Promise<void>;
}

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const KEYS_MAX_AGE_S = 60;

/** Constructs the users subgraph: its stores, use cases, server, relay and consumer. Rejects when its database is away. */
export async function createUsersSubgraph(options: UsersSubgraphOptions): Promise<UsersSubgraph> {
  const { log, now } = options;
  const database = openDatabase(options.databaseUrl, options.onQuery);
  const postman = createPostman(options.mailer, log);
  const keys = await createSigningKeys({
    store: createSigningKeyStore(database),
    sealingKey: deriveKey(options.secret, 'signing keys at rest'),
    policy: {
      rotationMs: options.keyRotationDays * DAY_MS,
      publishAheadMs: 5 * MINUTE_MS,
      retireAfterMs: ACCESS_TOKEN_LIFETIME_S * 1000 + MINUTE_MS,
    },
    now,
    log,
  });
  const accounts = createAccountStore(database);
  const app = await createSubgraphServer({
    schema: guard(loadSchema('users', resolvers), permissions),
    verifyIdentity: createIdentityVerifier('users', options.assertionKeys),
    createContext: createContextFactory({
      useCases: await createUseCases({ ...options, database, postman, keys }),
      accounts,
      care: createCareStore(database),
    }),
    checkReadiness: () => checkDatabase(database),
    log,
  });
  app.get(ACCESS_TOKEN_JWKS_PATH, (_request, reply) =>
    reply.header('cache-control', `public, max-age=${KEYS_MAX_AGE_S}`).send(keys.published()),
  );
  const attempts = createAttemptStore(database);
  const upkeep = startUpkeep(
    options.keyPollMs ?? MINUTE_MS / 2,
    async () => {
      await keys.maintain();
      await attempts.forgetBefore(new Date(now().getTime() - DAY_MS));
    },
    log,
  );
  const stopEvents = await startEvents(options, database);

  return {
    app,
    rotateKeys: () => keys.maintain('rotation'),
    async close() {
      await app.close();
      await Promise.all([upkeep.stop(), stopEvents(), postman.settled()]);
      await database.$disconnect();
    },
  };
}

interface Parts {
  readonly database: Database;
  readonly postman: Postman;
  readonly keys: SigningKeys;
}

async function createUseCases(options: UsersSubgraphOptions & Parts): Promise<UseCases> {
  const { database, postman, keys, issuer, audience, now, secret, paceMs = 150 } = options;
  const accounts = createAccountStore(database);
  const store = createSessionStore(database);
  const passwords = await createPasswords();
  const brakes = { store: createAttemptStore(database), key: deriveKey(secret, 'attempt subjects'), now };
  const codeBrake = createBrake({ ...brakes, kind: 'code sent', limit: 5, windowMs: 60 * MINUTE_MS });
  const signInBrake = createBrake({ ...brakes, kind: 'wrong password', limit: 10, windowMs: 15 * MINUTE_MS });
  const checkPassword = createPasswordCheck(passwords, signInBrake);
  const hashCode = createCodeHasher(deriveKey(secret, 'one-time codes'));
  const issueAccessToken = createAccessTokenIssuer({ keys, issuer, audience, now });
  const sessions = createSessions({ store, accounts, issueAccessToken, now });
  const codes = { accounts, codeBrake, hashCode, postman, now, paceMs };
  return {
    sessions,
    register: createRegister({ ...codes, passwords }),
    verifyOtp: createVerifyOtp({ ...codes, sessions }),
    resendOtp: createResendOtp(codes),
    logIn: createLogIn({ accounts, checkPassword, sessions }),
    changePassword: createChangePassword({ accounts, store, passwords, checkPassword, postman, now }),
    updateProfile: createUpdateProfile({ accounts, now }),
  };
}

/** Publishes the outbox and hears of appointments. Returns how to stop both. */
async function startEvents(
  { databaseUrl, eventSettings, log }: UsersSubgraphOptions,
  database: Database,
): Promise<() => Promise<void>> {
  if (eventSettings === undefined) return async () => undefined;
  const bus = openEventBus(eventSettings, log);
  const relay = await startOutboxRelay({
    databaseUrl,
    source: 'users',
    bus,
    log,
    retentionMs: eventSettings.retentionMs,
  });
  await consumeInto({
    bus,
    database,
    name: 'care relationships',
    types: [EVENT_TYPES.appointmentStatusChanged],
    handle: noteCare,
    log,
  });
  return async () => {
    await relay.stop();
    await bus.close();
  };
}
