import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose';

/** What the processes must share and nobody else may know. */
export interface Secrets {
  /** The private key that signs the gateway's identity assertions: a JWK (RFC 7517) as JSON, Ed25519. */
  readonly assertionPrivateKey: string;
  /** Encrypts the private keys of access tokens at rest: 32 random bytes, base64url. */
  readonly signingKeySecret: string;
}

/** Reads the secrets kept in the folder, making those that are missing; only this account can read the files. */
export async function loadSecrets(folder: string): Promise<Secrets> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return {
    assertionPrivateKey: await kept(join(folder, 'assertion-private-key.json'), newAssertionKey),
    signingKeySecret: await kept(join(folder, 'signing-key-secret'), () => randomBytes(32).toString('base64url')),
  };
}

async function kept(path: string, make: () => string | Promise<string>): Promise<string> {
  if (existsSync(path)) return readFileSync(path, 'utf8').trim();
  const secret = await make();
  writeFileSync(path, `${secret}\n`, { mode: 0o600 });
  return secret;
}

async function newAssertionKey(): Promise<string> {
  const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  const jwk = await exportJWK(privateKey);
  return JSON.stringify({ ...jwk, kid: await calculateJwkThumbprint(jwk), alg: 'EdDSA', use: 'sig' });
}
