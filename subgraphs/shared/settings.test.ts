import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { loadSettings } from './settings.ts';

describe('the settings of a subgraph', () => {
  it('have defaults that work in development', () => {
    expect(loadSettings('pharmacy', {}, {}).shared).toEqual({
      port: 4005,
      host: '127.0.0.1',
      databaseUrl: 'postgresql://postgres:postgres@127.0.0.1:5432/pharmacy',
      eventSettings: {
        address: { kind: 'postgres', connectionString: 'postgresql://postgres:postgres@127.0.0.1:5432/events' },
        retentionMs: 24 * 60 * 60 * 1000,
      },
      assertionKeys: { url: new URL('http://127.0.0.1:4000/.well-known/assertion-jwks.json') },
      logLevel: 'info',
    });
  });

  it('come from the environment, an empty value being none', () => {
    const environment = {
      PORT: '0',
      HOST: '',
      USERS_DATABASE_URL: 'postgresql://u:p@db:5432/people',
      ASSERTION_JWKS: '{"keys":[{"kty":"OKP","crv":"Ed25519","x":"abc"}]}',
      LOG_LEVEL: 'silent',
      OWN: 'value',
    };

    const { shared, own } = loadSettings('users', environment, { OWN: z.string(), OTHER: z.string().optional() });

    expect(shared).toMatchObject({
      port: 0,
      host: '127.0.0.1',
      databaseUrl: 'postgresql://u:p@db:5432/people',
      assertionKeys: { jwks: { keys: [{ kty: 'OKP', crv: 'Ed25519', x: 'abc' }] } },
      logLevel: 'silent',
    });
    expect(own).toEqual({ OWN: 'value' });
  });

  it('that are bad stop the start with one message that names them all, without their values', () => {
    const environment = {
      PORT: 'eighty',
      USERS_DATABASE_URL: 'not a secret url',
      ASSERTION_JWKS: '{',
      REDIS_URL: 'http://secret@redis',
      LOG_LEVEL: 'loud',
    };

    const load = (): unknown => loadSettings('users', environment, { OWN: z.string() });

    expect(load).toThrow(/^The users subgraph cannot start; mend these settings:\n/);
    for (const key of ['PORT', 'USERS_DATABASE_URL', 'ASSERTION_JWKS', 'LOG_LEVEL', 'OWN', 'REDIS_URL']) {
      expect(load).toThrow(new RegExp(`^ {2}${key}: `, 'm'));
    }
    expect(load).not.toThrow(/not a secret|secret@redis/);
  });
});
