import type { JWK } from 'jose';
import type { Database } from './store.ts';

export interface StoredKey {
  readonly kid: string;
  readonly publicJwk: JWK;
  readonly sealedPrivate: string;
  readonly createdAt: Date;
  readonly signsFrom: Date;
}

export interface KeyChanges {
  readonly add: readonly StoredKey[];
  readonly remove: readonly string[];
}

export type SigningKeyStore = ReturnType<typeof createSigningKeyStore>;

/** Any number that nothing else in this database locks: instances decide about keys one after the other. */
const KEYS_LOCK = 4_207_011;

/** Keeps the signing keys, sealed. */
export function createSigningKeyStore(database: Database) {
  return {
    /** Reads the keys, lets `decide` say what to change, and tells which keys there are then; one instance at a time. */
    maintain: (decide: (keys: readonly StoredKey[]) => Promise<KeyChanges>): Promise<readonly StoredKey[]> =>
      database.$transaction(async (tx) => {
        await tx.$executeRaw`SELECT pg_advisory_xact_lock(${KEYS_LOCK}::bigint)`;
        const rows = await tx.signingKey.findMany({ orderBy: { signsFrom: 'asc' } });
        const keys = rows.map((row): StoredKey => ({ ...row, publicJwk: row.publicJwk as unknown as JWK }));
        const { add, remove } = await decide(keys);
        if (remove.length > 0) await tx.signingKey.deleteMany({ where: { kid: { in: [...remove] } } });
        if (add.length > 0) await tx.signingKey.createMany({ data: [...add] });
        return [...keys.filter(({ kid }) => !remove.includes(kid)), ...add];
      }),
  };
}
