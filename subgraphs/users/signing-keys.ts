import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JSONWebKeySet } from 'jose';
import type { CryptoKey } from 'jose';
import type { Logger } from 'pino';
import { nextStart, outlivedAt, signingAt, type KeyPolicy } from './key-lifecycle.ts';
import { openKey, sealKey } from './sealed-key.ts';
import type { SigningKeyStore, StoredKey } from './store-signing-keys.ts';

export interface SigningKeysOptions {
  readonly store: SigningKeyStore;
  readonly sealingKey: Uint8Array;
  readonly policy: KeyPolicy;
  readonly now: () => Date;
  readonly log: Pick<Logger, 'info' | 'warn'>;
}

export interface SigningKeys {
  /** The key that signs now. */
  current(): { readonly kid: string; readonly privateKey: CryptoKey };
  /** The public keys of which a valid token, or one to come, can be signed. */
  published(): JSONWebKeySet;
  /**
   * Takes over what other instances did, makes a new key when it is time or when the operator `asks` for one, and forgets keys
   * whose last token has ended.
   */
  maintain(asks?: 'rotation'): Promise<void>;
}

interface OpenedKey extends StoredKey {
  readonly privateKey: CryptoKey;
}

/**
 * The keys that sign access tokens: rows that all instances share. A new one is published before it signs, an old one stays
 * published until its tokens have ended, so that a rotation refuses nobody. Deleting every row ends every token: an instance makes
 * a new key at its next look.
 */
export async function createSigningKeys(options: SigningKeysOptions): Promise<SigningKeys> {
  const { store, sealingKey, policy, now, log } = options;
  let keys: readonly OpenedKey[] = [];
  const opened = async (stored: StoredKey): Promise<OpenedKey> => {
    const known = keys.find(({ kid }) => kid === stored.kid);
    return known ?? { ...stored, privateKey: await importPrivate(stored, sealingKey) };
  };
  const maintain = async (asks?: 'rotation'): Promise<void> => {
    const stored = await store.maintain(async (present) => {
      const at = now();
      const remove = outlivedAt(present, at, policy);
      const start = nextStart(present, at, { ...policy, asked: asks === 'rotation' });
      const add = start === undefined ? [] : [await newKey(start, at, sealingKey)];
      for (const { kid, signsFrom } of add) log.info({ kid, signsFrom }, 'a new key will sign access tokens');
      return { add, remove };
    });
    keys = await Promise.all(stored.map(opened));
  };

  await maintain();
  return {
    current() {
      const key = signingAt(keys, now());
      if (key === undefined) throw new Error('no key signs access tokens');
      return key;
    },
    published: () => ({ keys: keys.map(({ publicJwk, kid }) => ({ ...publicJwk, kid, alg: 'EdDSA', use: 'sig' })) }),
    maintain,
  };
}

async function newKey(signsFrom: Date, createdAt: Date, sealingKey: Uint8Array): Promise<StoredKey> {
  const pair = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  const publicJwk = await exportJWK(pair.publicKey);
  const kid = await calculateJwkThumbprint(publicJwk);
  const sealedPrivate = await sealKey(await exportJWK(pair.privateKey), kid, sealingKey);
  return { kid, publicJwk, sealedPrivate, createdAt, signsFrom };
}

async function importPrivate({ kid, sealedPrivate }: StoredKey, sealingKey: Uint8Array): Promise<CryptoKey> {
  const key = await importJWK(await openKey(sealedPrivate, kid, sealingKey), 'EdDSA');
  if (key instanceof Uint8Array) throw new Error(`the signing key ${kid} is not a private key`);
  return key;
}
