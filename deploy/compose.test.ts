import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { DATABASE_NAMES, databaseSetting } from '../platform/databases.ts';
import { projectRoot } from '../platform/project-root.ts';
import { SUBGRAPH_NAMES } from '../wire/names.ts';

const root = projectRoot(import.meta.url);
const read = (path: string) => readFileSync(join(root, path), 'utf8');

interface Service {
  image?: string;
  build?: string;
  command?: string[];
  environment?: Record<string, string | number>;
  volumes?: string[];
  ports?: string[];
  profiles?: string[];
  healthcheck?: { test: string[] };
  depends_on?: Record<string, { condition: string; required?: boolean }>;
}

// Settings that an operator may know from the contract, and those between our own processes.
const KNOWN_SETTINGS = new Set([
  ...['PORT', 'SUPERGRAPH', 'REDIS_URL', 'KAFKA_BROKERS', 'JWT_ISSUER', 'JWT_AUDIENCE', 'JWKS_URL', 'LOG_LEVEL'],
  ...['OTEL_EXPORTER_OTLP_ENDPOINT', 'FRONTEND_URL', 'ADMIN_URL', 'SMTP_URL'],
  ...SUBGRAPH_NAMES.map((name) => `${name.toUpperCase()}_SUBGRAPH_URL`),
  ...DATABASE_NAMES.map(databaseSetting),
  ...['NODE_ENV', 'HOST', 'APOLLO_TELEMETRY_DISABLED', 'MAIL_DIR', 'PARTNERS_DIR'],
  ...['ASSERTION_JWKS_URL', 'ASSERTION_PRIVATE_KEY', 'SIGNING_KEY_SECRET'],
]);

describe('docker-compose.yml', () => {
  let services: Record<string, Service>;
  let volumes: Record<string, unknown>;

  beforeAll(() => {
    ({ services, volumes } = parse(read('docker-compose.yml'), { merge: true }) as {
      services: Record<string, Service>;
      volumes: Record<string, unknown>;
    });
  });

  it('has the databases, the brokers, the migration, six subgraphs and the gateway', () => {
    expect(Object.keys(services)).toEqual(['postgres', 'redis', 'kafka', 'migrate', ...SUBGRAPH_NAMES, 'gateway']);
    expect(services['postgres']?.image).toMatch(/^postgres:17/);
    expect(services['kafka']?.environment?.['KAFKA_PROCESS_ROLES']).toBe('broker,controller');
  });

  it('checks the health of everything that stays', () => {
    const unchecked = Object.entries(services).filter(([, { healthcheck }]) => healthcheck === undefined);

    expect(unchecked.map(([name]) => name)).toEqual(['migrate']);
  });

  it('starts each service when what it needs is there: databases, migration, subgraphs, gateway', () => {
    expect(services['migrate']?.depends_on).toEqual({ postgres: { condition: 'service_healthy' } });
    for (const name of SUBGRAPH_NAMES) {
      expect(services[name]?.depends_on?.['migrate']).toEqual({ condition: 'service_completed_successfully' });
    }
    expect(Object.keys(services['gateway']?.depends_on ?? {})).toEqual(SUBGRAPH_NAMES);
    for (const { depends_on: needs = {} } of Object.values(services)) {
      expect(Object.keys(needs).filter((name) => services[name] === undefined)).toEqual([]);
    }
  });

  it('gives each subgraph its own database and the events, and the gateway the events alone', () => {
    const databasesOf = (name: string) =>
      Object.keys(services[name]?.environment ?? {}).filter((setting) => setting.endsWith('_DATABASE_URL'));

    for (const name of SUBGRAPH_NAMES) {
      expect(databasesOf(name).sort()).toEqual([databaseSetting(name), 'EVENTS_DATABASE_URL'].sort());
    }
    expect(databasesOf('gateway')).toEqual(['EVENTS_DATABASE_URL']);
    expect(databasesOf('migrate')).toHaveLength(7);
  });

  it('names only settings that exist, and every service where it listens', () => {
    const ours = Object.entries(services).filter(([, { build }]) => build !== undefined);

    expect(ours).toHaveLength(8);
    for (const [name, { environment = {} }] of ours) {
      expect(Object.keys(environment).filter((setting) => !KNOWN_SETTINGS.has(setting))).toEqual([]);
      for (const subgraph of SUBGRAPH_NAMES) {
        const url = `http://${subgraph}:${services[subgraph]?.environment?.['PORT'] ?? ''}/graphql`;
        expect([name, environment[`${subgraph.toUpperCase()}_SUBGRAPH_URL`]]).toEqual([name, url]);
      }
    }
  });

  it('sends the events over one bus: Redis, with Kafka left for its profile', () => {
    const ours = Object.values(services).filter(({ build }) => build !== undefined);

    expect(new Set(ours.map(({ environment = {} }) => environment['REDIS_URL']))).toEqual(
      new Set(['${REDIS_URL-redis://redis:6379}']),
    );
    expect(new Set(ours.map(({ environment = {} }) => environment['KAFKA_BROKERS']))).toEqual(
      new Set(['${KAFKA_BROKERS:-}']),
    );
    expect(services['kafka']?.profiles).toEqual(['kafka']);
    expect(services['redis']?.command).toEqual(expect.arrayContaining(['--appendonly', 'yes']));
  });

  it('publishes the gateway only', () => {
    const published = Object.entries(services).filter(([, { ports }]) => ports !== undefined);

    expect(published.map(([name, { ports }]) => [name, ports])).toEqual([['gateway', ['127.0.0.1:4000:4000']]]);
  });

  it('runs programs of ours, and mounts files and volumes that exist', () => {
    const sourceOf = (bundle: string) => join(root, bundle.replace(/^dist\//, '').replace(/\.js$/, '.ts'));

    for (const { build, command = [], volumes: mounts = [] } of Object.values(services)) {
      const scripts = build === undefined ? [] : (command.join(' ').match(/dist\/\S+\.js/g) ?? []);
      expect(scripts.filter((script) => !existsSync(sourceOf(script)))).toEqual([]);
      for (const mount of mounts) {
        const [source = ''] = mount.split(':');
        expect(source.startsWith('./') ? existsSync(join(root, source)) : source in volumes).toBe(true);
      }
    }
  });

  it('has every database made when PostgreSQL first starts, closed to the others', () => {
    const sql = read('deploy/postgres/create-databases.sql');

    for (const name of DATABASE_NAMES) {
      expect(sql).toContain(`CREATE DATABASE ${name} OWNER ${name};`);
      expect(sql).toContain(`REVOKE CONNECT ON DATABASE ${name} FROM PUBLIC;`);
    }
  });
});

describe('Dockerfile', () => {
  it('builds in one stage and runs in another, not as root, with a health check', () => {
    const stages = read('Dockerfile')
      .split(/^FROM /m)
      .slice(1);

    expect(stages).toHaveLength(2);
    expect(stages[1]).toMatch(/^USER node$/m);
    expect(stages[1]).toMatch(/^HEALTHCHECK .*"deploy\/healthcheck\.mjs"\]$/m);
  });

  it('copies files that exist', () => {
    const copies = read('Dockerfile')
      .split('\n')
      .filter((line) => line.startsWith('COPY '));
    const made = new Set(['node_modules', 'dist', '.']);

    for (const line of copies) {
      const sources = line
        .split(/\s+/)
        .filter((word) => !word.startsWith('--'))
        .slice(1, -1);
      for (const source of sources.map((path) => path.replace(/^\/app\//, ''))) {
        expect([line, made.has(source) || existsSync(join(root, source))]).toEqual([line, true]);
      }
    }
  });
});
