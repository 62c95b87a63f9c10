import { CompactEncrypt, compactDecrypt, type JWK } from 'jose';

/** Encrypts a private key for the database: a JWE (RFC 7516) with `dir` and A256GCM, bound to its `kid`. */
export async function sealKey(privateJwk: JWK, kid: string, sealingKey: Uint8Array): Promise<string> {
  return new CompactEncrypt(new TextEncoder().encode(JSON.stringify(privateJwk)))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid })
    .encrypt(sealingKey);
}

/** Opens what `sealKey` made. Throws when it was sealed under another secret, for another `kid`, or changed. */
export async function openKey(sealed: string, kid: string, sealingKey: Uint8Array): Promise<JWK> {
  try {
    const { plaintext, protectedHeader } = await compactDecrypt(sealed, sealingKey, {
      keyManagementAlgorithms: ['dir'],
      contentEncryptionAlgorithms: ['A256GCM'],
    });
    if (protectedHeader.kid !== kid) throw new Error('the sealed key is another one');
    return JSON.parse(new TextDecoder().decode(plaintext)) as JWK;
  } catch (cause) {
    throw new Error(`the signing key ${kid} cannot be opened: was SIGNING_KEY_SECRET changed?`, { cause });
  }
}
