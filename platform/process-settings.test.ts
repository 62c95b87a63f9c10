import { describe, expect, it } from '@jest/globals';
import { processSettings } from './process-settings.ts';
import type { Environment } from './process-settings.ts';

const databaseUrls = {
  users: 'pg://users',
  doctors: 'pg://doctors',
  appointments: 'pg://appointments',
  clinical: 'pg://clinical',
  pharmacy: 'pg://pharmacy',
  notifications: 'pg://notifications',
  events: 'pg://events',
};

function settings(inherited: Environment = {}) {
  return processSettings({
    root: '/app',
    dataFolder: '/data',
    ports: {
      gateway: 5000,
      subgraphs: {
        users: 5001,
        doctors: 5002,
        appointments: 5003,
        clinical: 5004,
        pharmacy: 5005,
        notifications: 5006,
      },
    },
    secrets: { assertionPrivateKey: '{"kty":"OKP"}', signingKeySecret: 'shh' },
    databaseUrls,
    inherited,
  });
}

const namesWithDatabase = (environment: Environment) =>
  Object.keys(environment).filter((name) => name.endsWith('_DATABASE_URL'));

describe('processSettings', () => {
  it('tells each process its port and where the others are', () => {
    expect(settings().of('clinical')).toMatchObject({
      PORT: '5004',
      USERS_SUBGRAPH_URL: 'http://127.0.0.1:5001/graphql',
      NOTIFICATIONS_SUBGRAPH_URL: 'http://127.0.0.1:5006/graphql',
      JWKS_URL: 'http://127.0.0.1:5001/.well-known/jwks.json',
      ASSERTION_JWKS_URL: 'http://127.0.0.1:5000/.well-known/assertion-jwks.json',
      MAIL_DIR: '/data/mail',
      PARTNERS_DIR: '/app/gateway/partners',
      SUPERGRAPH: '/app/supergraph.graphql',
      APOLLO_TELEMETRY_DISABLED: '1',
      NODE_ENV: 'development',
      LOG_LEVEL: 'warn',
    });
    expect(settings().of('gateway')).toMatchObject({ PORT: '5000' });
  });

  it('gives the gateway no database of patients, and a subgraph none but its own', () => {
    expect(namesWithDatabase(settings().of('gateway'))).toEqual(['EVENTS_DATABASE_URL']);
    expect(namesWithDatabase(settings().of('clinical'))).toEqual(['CLINICAL_DATABASE_URL', 'EVENTS_DATABASE_URL']);
    expect(namesWithDatabase(settings().of('seed'))).toHaveLength(7);
  });

  it('gives private keys only to those who sign with them', () => {
    expect(settings().of('gateway')).toMatchObject({ ASSERTION_PRIVATE_KEY: '{"kty":"OKP"}' });
    expect(settings().of('users')).toMatchObject({ SIGNING_KEY_SECRET: 'shh' });
    for (const name of ['doctors', 'clinical', 'users'] as const) {
      expect(settings().of(name)).not.toHaveProperty('ASSERTION_PRIVATE_KEY');
    }
    for (const name of ['doctors', 'gateway'] as const) {
      expect(settings().of(name)).not.toHaveProperty('SIGNING_KEY_SECRET');
    }
  });

  it('lets the environment win, but keeps back what is private and the port', () => {
    const inherited = {
      LOG_LEVEL: 'debug',
      NODE_ENV: 'test',
      PORT: '9',
      USERS_DATABASE_URL: 'x',
      ASSERTION_PRIVATE_KEY: 'k',
    };

    expect(settings(inherited).of('doctors')).toMatchObject({ LOG_LEVEL: 'debug', NODE_ENV: 'test', PORT: '5002' });
    expect(settings(inherited).of('doctors')).not.toHaveProperty('USERS_DATABASE_URL');
    expect(settings(inherited).of('doctors')).not.toHaveProperty('ASSERTION_PRIVATE_KEY');
    expect(settings(inherited).of('gateway')).toMatchObject({ ASSERTION_PRIVATE_KEY: 'k' });
  });
});
