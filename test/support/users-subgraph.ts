import pg from 'pg';
import { pino } from 'pino';
import { createUsersSubgraph, type UsersSubgraph, type UsersSubgraphOptions } from '../../subgraphs/users/build.ts';
import type { Mail } from '../../subgraphs/shared/mailer.ts';
import { ANONYMOUS, type Identity } from '../../wire/identity.ts';
import { createTestDatabase, type TestDatabase } from './postgres.ts';
import { createTestGateway, type Answer, type TestGateway } from './test-gateway.ts';

/** A users subgraph under test, with a clock and a letter box of its own. */
export interface UsersUnderTest {
  readonly subgraph: UsersSubgraph;
  readonly gateway: TestGateway;
  readonly databaseUrl: string;
  readonly options: UsersSubgraphOptions;
  /** Every mail so far, oldest first. */
  readonly mails: readonly Mail[];
  /** Every SQL statement since it was last emptied. */
  readonly statements: string[];
  readonly clock: { now(): Date; advance(ms: number): void };
  ask(query: string, variables?: object, identity?: Identity): Promise<Answer>;
  sql<Row extends pg.QueryResultRow>(query: string, values?: unknown[]): Promise<Row[]>;
  close(): Promise<void>;
}

/** Starts the subgraph on a fresh database, or on one that is there. */
export async function startUsers(
  own: Partial<UsersSubgraphOptions> & { readonly database?: TestDatabase } = {},
): Promise<UsersUnderTest> {
  const { database: given, ...overrides } = own;
  const database = given ?? (await createTestDatabase('users'));
  const gateway = await createTestGateway();
  const mails: Mail[] = [];
  const statements: string[] = [];
  let aheadMs = 0;
  const clock = {
    now: () => new Date(Date.now() + aheadMs),
    advance: (ms: number) => {
      aheadMs += ms;
    },
  };
  const options: UsersSubgraphOptions = {
    databaseUrl: database.url,
    eventSettings: undefined,
    assertionKeys: { jwks: gateway.jwks },
    log: pino({ level: 'silent' }),
    now: clock.now,
    mailer: { send: async (mail) => void mails.push(mail) },
    issuer: 'https://caregraph.example',
    audience: 'caregraph',
    secret: 'the secret of the tests, long enough',
    keyRotationDays: 30,
    paceMs: 0,
    onQuery: (sql) => statements.push(sql),
    ...overrides,
  };
  const subgraph = await createUsersSubgraph(options);
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  return {
    subgraph,
    gateway,
    databaseUrl: database.url,
    options,
    mails,
    statements,
    clock,
    ask: (query, variables = {}, identity = ANONYMOUS) =>
      gateway.ask({ name: 'users', app: subgraph.app }, identity, query, variables),
    async sql<Row extends pg.QueryResultRow>(query: string, values: unknown[] = []) {
      return (await client.query<Row>(query, values)).rows;
    },
    async close() {
      await subgraph.close();
      await client.end();
      if (given === undefined) await database.drop();
    },
  };
}

/** The one-time code of the newest mail to an address. */
export function codeTo(email: string, mails: readonly Mail[]): string {
  const code = /\b\d{6}\b/.exec(mails.findLast(({ to }) => to === email)?.text ?? '')?.[0];
  if (code === undefined) throw new Error(`no code was sent to ${email}`);
  return code;
}

/** The codes of an answer's errors, in their order. */
export function codesOf(answer: Answer): unknown[] {
  return (answer.errors ?? []).map(({ extensions }) => extensions?.['code']);
}
