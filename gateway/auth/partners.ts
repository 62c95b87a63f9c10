import { createHash, timingSafeEqual } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';

/** A system of somebody else's: it holds an API key, and runs the operations of its manifest and nothing else. */
export interface Partner {
  readonly id: string;
  readonly scopes: readonly string[];
  /** The stored operations: text by lower-case hex SHA-256 of the text. */
  readonly operations: ReadonlyMap<string, string>;
  readonly apiKeySha256: Buffer;
}

const PartnersFile = z.array(
  z.object({
    id: z.string().regex(/^[a-z0-9-]+$/),
    apiKeySha256: z.string().regex(/^[0-9a-f]{64}$/),
    scopes: z.array(z.string()),
    manifest: z.string().regex(/^[a-z0-9.-]+\.json$/, 'the name of a file in the same folder'),
  }),
);

/** Apollo's persisted query manifest, version 1. */
const Manifest = z.object({
  format: z.literal('apollo-persisted-query-manifest'),
  version: z.literal(1),
  operations: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      type: z.enum(['query', 'mutation', 'subscription']),
      body: z.string(),
    }),
  ),
});

/**
 * Reads `partners.json` and each partner's manifest from a folder. Throws when a file does not have its form, or when an
 * operation's id is not the SHA-256 of its text.
 */
export async function loadPartners(folder: string, read: (path: string) => Promise<string>): Promise<Partner[]> {
  const partners = PartnersFile.parse(JSON.parse(await read(join(folder, 'partners.json'))));
  return Promise.all(
    partners.map(async ({ id, apiKeySha256, scopes, manifest }) => {
      const { operations } = Manifest.parse(JSON.parse(await read(join(folder, manifest))));
      for (const operation of operations) {
        if (operation.id !== sha256(operation.body).toString('hex'))
          throw new Error(`${manifest}: the id of ${operation.name} is not the SHA-256 of its body`);
      }
      return {
        id,
        scopes,
        operations: new Map(operations.map((operation) => [operation.id, operation.body])),
        apiKeySha256: Buffer.from(apiKeySha256, 'hex'),
      };
    }),
  );
}

/**
 * Finds whose API key this is. Every partner is compared with, each in constant time and over hashes of one length, so that the
 * time taken tells nothing about any key.
 */
export function partnerOfApiKey(partners: readonly Partner[], apiKey: string): Partner | undefined {
  const hash = sha256(apiKey);
  let found: Partner | undefined;
  for (const partner of partners) {
    if (timingSafeEqual(hash, partner.apiKeySha256)) found = partner;
  }
  return found;
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
