import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { JSONWebKeySet } from 'jose';
import { waitUntil } from '../../platform/wait-until.ts';
import { createTestGateway, person } from '../../test/support/test-gateway.ts';
import { createIdentityVerifier } from './verify-identity.ts';

const servers: Server[] = [];
afterEach(async () => {
  await Promise.all(
    servers.splice(0).map((server) => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    }),
  );
});

/** Publishes what `current` gives at each request. */
async function publish(current: () => JSONWebKeySet | undefined): Promise<{ url: URL; fetched: () => number }> {
  let fetched = 0;
  const server = createServer((_request, response) => {
    fetched += 1;
    const jwks = current();
    response.writeHead(jwks === undefined ? 500 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(jwks ?? {}));
  });
  servers.push(server.listen(0, '127.0.0.1'));
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { url: new URL(`http://127.0.0.1:${port}/`), fetched: () => fetched };
}

describe('keys that the gateway publishes', () => {
  it('are fetched once for many assertions', async () => {
    const gateway = await createTestGateway();
    const { url, fetched } = await publish(() => gateway.jwks);
    const verify = createIdentityVerifier('users', { url });
    const assertion = await gateway.assertion(person('u1', 'PATIENT'), 'users');

    const identities = await Promise.all(Array.from({ length: 20 }, () => verify(assertion)));

    expect(identities.every((identity) => identity?.kind === 'user')).toBe(true);
    expect(fetched()).toBe(1);
  });

  it('are fetched again when the gateway restarted with a new key', async () => {
    const [before, after] = [await createTestGateway('first'), await createTestGateway('second')];
    let current = before;
    const { url } = await publish(() => current.jwks);
    const verify = createIdentityVerifier('users', { url });
    expect(await verify(await before.assertion(person('u1', 'PATIENT'), 'users'))).toBeDefined();

    current = after;
    const assertion = await after.assertion(person('u1', 'PATIENT'), 'users');

    expect(await waitUntil(async () => (await verify(assertion)) !== undefined, 30_000)).toBe(true);
    expect(await verify(await before.assertion(person('u1', 'PATIENT'), 'users'))).toBeUndefined();
  });

  it('that cannot be had are no fault of the caller', async () => {
    const gateway = await createTestGateway();
    const { url } = await publish(() => undefined);
    const verify = createIdentityVerifier('users', { url });

    await expect(verify(await gateway.assertion(person('u1', 'PATIENT'), 'users'))).rejects.toThrow();
    expect(await verify(undefined)).toBeUndefined();
  });
});
