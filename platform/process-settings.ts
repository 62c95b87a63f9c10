import { join } from 'node:path';
import { ACCESS_TOKEN_JWKS_PATH, ASSERTION_JWKS_PATH, SUBGRAPH_NAMES } from '../wire/names.ts';
import { DATABASE_NAMES, databaseSetting, type DatabaseName, type DatabaseUrls } from './databases.ts';
import type { PlatformPorts } from './ports.ts';
import type { Secrets } from './secrets.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface SettingsSource {
  readonly root: string;
  readonly dataFolder: string;
  readonly ports: PlatformPorts;
  readonly secrets: Secrets;
  readonly databaseUrls: DatabaseUrls;
  /** The environment of the platform itself: what it sets wins, but for `PORT`, which would be the same for all. */
  readonly inherited: Environment;
}

/** The settings of each process that the platform starts, by its name. */
export interface ProcessSettings {
  of(process: 'gateway' | 'seed' | keyof PlatformPorts['subgraphs']): Environment;
}

/**
 * Works out what every process is told. Each gets only what is its own: a subgraph its database and the events, the gateway
 * no database but the events, the seed them all.
 */
export function processSettings(source: SettingsSource): ProcessSettings {
  const { ports, inherited } = source;
  const withheld = new Set(['PORT', ...privateSettings()]);
  const passedOn = Object.fromEntries(Object.entries(inherited).filter(([name]) => !withheld.has(name)));
  const common = { ...commonSettings(source), ...passedOn };
  const databases = (...names: DatabaseName[]) =>
    Object.fromEntries(names.map((name) => [databaseSetting(name), source.databaseUrls[name]]));
  const signingKeySecret = inherited['SIGNING_KEY_SECRET'] ?? source.secrets.signingKeySecret;

  return {
    of(process) {
      if (process === 'seed')
        return { ...common, ...databases(...DATABASE_NAMES), SIGNING_KEY_SECRET: signingKeySecret };
      if (process === 'gateway') {
        return {
          ...common,
          ...databases('events'),
          PORT: `${ports.gateway}`,
          ASSERTION_PRIVATE_KEY: inherited['ASSERTION_PRIVATE_KEY'] ?? source.secrets.assertionPrivateKey,
        };
      }
      const own = { ...common, ...databases(process, 'events'), PORT: `${ports.subgraphs[process]}` };
      return process === 'users' ? { ...own, SIGNING_KEY_SECRET: signingKeySecret } : own;
    },
  };
}

function privateSettings(): string[] {
  return [...DATABASE_NAMES.map(databaseSetting), 'ASSERTION_PRIVATE_KEY', 'SIGNING_KEY_SECRET'];
}

function commonSettings({ root, dataFolder, ports }: SettingsSource): Record<string, string> {
  const subgraphUrls = SUBGRAPH_NAMES.map((name) => [
    `${name.toUpperCase()}_SUBGRAPH_URL`,
    `http://127.0.0.1:${ports.subgraphs[name]}/graphql`,
  ]);
  return {
    ...(Object.fromEntries(subgraphUrls) as Record<string, string>),
    JWKS_URL: `http://127.0.0.1:${ports.subgraphs.users}${ACCESS_TOKEN_JWKS_PATH}`,
    ASSERTION_JWKS_URL: `http://127.0.0.1:${ports.gateway}${ASSERTION_JWKS_PATH}`,
    MAIL_DIR: join(dataFolder, 'mail'),
    PARTNERS_DIR: join(root, 'gateway', 'partners'),
    SUPERGRAPH: join(root, 'supergraph.graphql'),
    APOLLO_TELEMETRY_DISABLED: '1',
    NODE_ENV: 'development',
    LOG_LEVEL: 'warn',
  };
}
