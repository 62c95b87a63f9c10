import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { compactVerify, CompactSign, importJWK } from 'jose';
import type { JWK } from 'jose';
import { loadSecrets } from './secrets.ts';

describe('loadSecrets', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'secrets-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('makes the secrets once, for this account alone', async () => {
    const first = await loadSecrets(join(folder, 'keys'));
    const second = await loadSecrets(join(folder, 'keys'));

    expect(second).toEqual(first);
    for (const name of ['assertion-private-key.json', 'signing-key-secret']) {
      expect(statSync(join(folder, 'keys', name)).mode & 0o777).toBe(0o600);
    }
    expect(Buffer.from(first.signingKeySecret, 'base64url')).toHaveLength(32);
  });

  it('makes a key that signs', async () => {
    const jwk = JSON.parse((await loadSecrets(folder)).assertionPrivateKey) as JWK;
    const { d: _private, ...publicJwk } = jwk;

    const signed = await new CompactSign(Buffer.from('hello'))
      .setProtectedHeader({ alg: 'EdDSA' })
      .sign(await importJWK(jwk, 'EdDSA'));

    const { payload } = await compactVerify(signed, await importJWK(publicJwk, 'EdDSA'));
    expect(Buffer.from(payload).toString()).toBe('hello');
  });
});
