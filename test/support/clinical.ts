import pg from 'pg';
import { pino } from 'pino';
import { createClinicalSubgraph } from '../../subgraphs/clinical/build.ts';
import type { Identity } from '../../wire/identity.ts';
import { createTestDatabase, eventSettings } from './postgres.ts';
import { createTestGateway, type Answer } from './test-gateway.ts';

/** A clinical subgraph on a database of its own, asked as the gateway would ask it. */
export interface TestClinical {
  readonly databaseUrl: string;
  readonly rows: pg.Pool;
  /** What time it is for the subgraph. */
  readonly clock: { now: Date };
  /** The SQL statements of the subgraph so far. */
  readonly statements: string[];
  ask(caller: Identity, query: string, variables?: object): Promise<Answer>;
  /** Asks for entities as the gateway does: `selection` is what follows `_entities`. */
  entities(caller: Identity, representations: readonly object[], selection: string): Promise<Answer>;
  stop(): Promise<void>;
}

/** Starts it; with `eventsDatabaseUrl` it publishes and hears events. */
export async function startClinical(eventsDatabaseUrl?: string): Promise<TestClinical> {
  const [database, gateway] = [await createTestDatabase('clinical'), await createTestGateway()];
  const statements: string[] = [];
  const clock = { now: new Date('2026-03-04T10:00:00.000Z') };
  const subgraph = await createClinicalSubgraph({
    databaseUrl: database.url,
    eventSettings: eventsDatabaseUrl === undefined ? undefined : eventSettings(eventsDatabaseUrl),
    assertionKeys: { jwks: gateway.jwks },
    log: pino({ level: 'silent' }),
    now: () => clock.now,
    onStatement: (sql) => statements.push(sql),
  });
  const rows = new pg.Pool({ connectionString: database.url, max: 4 });
  const ask: TestClinical['ask'] = (caller, query, variables) =>
    gateway.ask({ name: 'clinical', app: subgraph.app }, caller, query, variables);
  return {
    databaseUrl: database.url,
    rows,
    clock,
    statements,
    ask,
    entities: (caller, representations, selection) =>
      ask(caller, `query ($of: [_Any!]!) { _entities(representations: $of) { ${selection} } }`, {
        of: representations,
      }),
    async stop() {
      await subgraph.close();
      await rows.end();
      await database.drop();
    },
  };
}
