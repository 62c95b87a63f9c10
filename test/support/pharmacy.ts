import pg from 'pg';
import { pino } from 'pino';
import { createPharmacySubgraph } from '../../subgraphs/pharmacy/build.ts';
import type { Identity } from '../../wire/identity.ts';
import { createTestDatabase, eventSettings } from './postgres.ts';
import { createTestGateway, type Answer } from './test-gateway.ts';

/** A pharmacy subgraph on a database of its own, asked as the gateway would ask it. */
export interface TestPharmacy {
  readonly databaseUrl: string;
  readonly rows: pg.Pool;
  /** The SQL statements of the subgraph so far. */
  readonly statements: string[];
  ask(caller: Identity, query: string, variables?: object): Promise<Answer>;
  stop(): Promise<void>;
}

/** Starts it; with `eventsDatabaseUrl` it hears events. */
export async function startPharmacy(eventsDatabaseUrl?: string): Promise<TestPharmacy> {
  const [database, gateway] = [await createTestDatabase('pharmacy'), await createTestGateway()];
  const statements: string[] = [];
  const subgraph = await createPharmacySubgraph({
    databaseUrl: database.url,
    eventSettings: eventsDatabaseUrl === undefined ? undefined : eventSettings(eventsDatabaseUrl),
    assertionKeys: { jwks: gateway.jwks },
    log: pino({ level: 'silent' }),
    now: () => new Date(),
    onStatement: (sql) => statements.push(sql),
  });
  const rows = new pg.Pool({ connectionString: database.url, max: 4 });
  return {
    databaseUrl: database.url,
    rows,
    statements,
    ask: (caller, query, variables) => gateway.ask({ name: 'pharmacy', app: subgraph.app }, caller, query, variables),
    async stop() {
      await subgraph.close();
      await rows.end();
      await database.drop();
    },
  };
}
