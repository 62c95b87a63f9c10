import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { ChildProcess } from 'node:child_process';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import pg from 'pg';
import { createPostgresEventBus } from '../../events/postgres-event-bus.ts';
import { startEmbeddedPostgres } from '../../platform/embedded-postgres.ts';
import { freePort } from '../../platform/free-port.ts';
import { migrateDatabase } from '../../platform/migrate-database.ts';
import { startOutboxRelay } from '../../subgraphs/shared/outbox-relay.ts';
import { outboxRow } from '../../subgraphs/shared/outbox.ts';
import { startNode, stop, untilServing } from '../processes.ts';
import { composeSupergraph } from '../supergraph.ts';
import { CLINIC, newChangeId } from './clinic.ts';

/** What the gateway has around it, on the other core: subgraphs, an outbox with its relay, the log of events, an issuer of tokens. */
export interface Surroundings {
  readonly supergraph: string;
  /** The settings by which a gateway finds them. */
  readonly env: Readonly<Record<string, string>>;
  /** Signs access tokens. */
  readonly key: JWK;
  /** The process of the subgraphs. */
  readonly subgraphs: ChildProcess;
  /** Commits a change of an appointment to the outbox; the event concerns one user. */
  readonly commit: (appointment: string, user: string) => Promise<void>;
  readonly stop: () => Promise<void>;
}

const HOUR_MS = 3_600_000;

/** Starts all of it, with its files in a folder. */
export async function startSurroundings(folder: string): Promise<Surroundings> {
  const { key, jwksUrl, ...issuer } = await startIssuer();
  const events = await startEvents(join(folder, 'postgres'));
  const ports = await Promise.all(CLINIC.map(freePort));
  const urls = ports.map((port) => `http://127.0.0.1:${port}/graphql`);
  const subgraphs = startNode(['dist/bench/stub-subgraphs.js', 'clinic', ...ports.map(String)], 'others');
  await Promise.all(urls.map((url) => untilServing(subgraphs, url)));
  const supergraph = join(folder, 'supergraph.graphql');
  writeFileSync(supergraph, composeSupergraph(CLINIC, urls));
  return {
    supergraph,
    env: {
      ...{ JWKS_URL: jwksUrl, JWT_ISSUER: 'https://issuer.example', JWT_AUDIENCE: 'care' },
      ...{ EVENTS_DATABASE_URL: events.url, SOCKETS_PER_ADDRESS: '1000000', SOCKETS_PER_IDENTITY: '1000000' },
    },
    key,
    subgraphs,
    commit: events.commit,
    async stop() {
      await stop(subgraphs);
      await events.stop();
      issuer.stop();
    },
  };
}

async function startIssuer() {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  const named = { kid: 'bench', alg: 'EdDSA', use: 'sig' };
  const keys = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), ...named }] });
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json').end(keys);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    key: { ...(await exportJWK(privateKey)), ...named },
    jwksUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** The outbox of the appointments subgraph, its relay, and the log that gateways listen to. */
async function startEvents(folder: string) {
  mkdirSync(folder);
  const postgres = await startEmbeddedPostgres({ dataFolder: join(folder, 'data'), logFile: join(folder, 'log') });
  const [log, outbox] = [postgres.url('events'), postgres.url('appointments')];
  await migrateDatabase(log, 'prisma/events/migrations');
  await migrateDatabase(outbox, 'prisma/appointments/migrations');
  const bus = createPostgresEventBus({ connectionString: log });
  const relay = await startOutboxRelay({
    ...{ databaseUrl: outbox, source: 'appointments', bus, retentionMs: HOUR_MS },
    log: { info: () => undefined, warn: console.warn },
  });
  const pool = new pg.Pool({ connectionString: outbox, max: 4 });
  return {
    url: log,
    async commit(appointment: string, user: string): Promise<void> {
      const row = outboxRow({
        id: newChangeId(appointment),
        ...{ type: 'appointment.status-changed', subject: appointment, audience: [user], data: {} },
      });
      await pool.query({
        name: 'commit',
        text: 'INSERT INTO outbox (event_id, type, subject, time, audience, data) VALUES ($1, $2, $3, $4, $5, $6)',
        values: [row.eventId, row.type, row.subject, row.time, row.audience, row.data],
      });
    },
    async stop(): Promise<void> {
      await pool.end();
      await relay.stop();
      await bus.close();
      await postgres.stop();
    },
  };
}
