import { describe, expect, it } from '@jest/globals';
import { loadSettings, SettingsError } from './load-settings.ts';

describe('loadSettings', () => {
  it('works without any setting in development', () => {
    const settings = loadSettings({}, []);

    expect(settings).toMatchObject({
      port: 4000,
      supergraph: 'supergraph.graphql',
      accessTokens: {
        issuer: 'https://caregraph.example',
        audience: 'caregraph',
        jwksUrl: 'http://127.0.0.1:4001/.well-known/jwks.json',
      },
      partnersDir: 'gateway/partners',
      sandboxDir: 'dist/sandbox',
      corsOrigins: ['http://localhost:3000', 'http://localhost:3001'],
      isIntrospectionOn: true,
    });
  });

  it('opens in production only what was asked for', () => {
    const settings = loadSettings({ NODE_ENV: 'production', JWKS_URL: 'https://id.example/jwks.json' }, []);

    expect(settings).toMatchObject({ partnersDir: undefined, sandboxDir: undefined, corsOrigins: [] });
  });

  it("asks for nothing of ours in front of somebody else's supergraph", () => {
    const settings = loadSettings({}, ['--supergraph', 'theirs.graphql', '--port', '4100', '--workers', '4']);

    expect(settings).toMatchObject({ supergraph: 'theirs.graphql', port: 4100, workers: 4 });
    expect(settings).toMatchObject({ accessTokens: undefined, partnersDir: undefined, sandboxDir: undefined });
  });

  it('lets the command line win, and collects headers to forward', () => {
    const argv = ['--port', '1', '--forward-header', 'X-Tenant', '--forward-header', 'authorization'];

    expect(loadSettings({ PORT: '2' }, argv)).toMatchObject({ port: 1, forwardHeaders: ['x-tenant', 'authorization'] });
  });

  it('reads the instances of each subgraph', () => {
    const urls = loadSettings({ DOCTORS_SUBGRAPH_URL: 'http://a/graphql, http://b/graphql' }, []).subgraphUrls;

    expect([...urls]).toEqual([['DOCTORS', ['http://a/graphql', 'http://b/graphql']]]);
  });

  it('takes an empty value for none', () => {
    expect(loadSettings({ PORT: '', JWKS_URL: '' }, []).port).toBe(4000);
  });

  it('lists every bad key in one message', () => {
    const env = {
      PORT: '70000',
      JWKS_URL: 'file:///keys',
      LOG_LEVEL: 'loud',
      ASSERTION_PRIVATE_KEY: '{}',
      EVENTS_DATABASE_URL: 'mysql://db',
      USERS_SUBGRAPH_URL: 'nowhere',
      FORWARD_HEADERS: 'x-caregraph-identity',
    };

    const load = () => loadSettings(env, []);

    expect(load).toThrow(SettingsError);
    for (const key of Object.keys(env)) expect(load).toThrow(new RegExp(`^ {2}${key}: `, 'm'));
  });

  it('refuses production without the keys of its tokens, and flags that it does not know', () => {
    expect(() => loadSettings({ NODE_ENV: 'production' }, [])).toThrow('JWKS_URL: missing');
    expect(() => loadSettings({}, ['--prot', '1'])).toThrow("Unknown option '--prot'");
  });
});
