import { hkdfSync } from 'node:crypto';

export type KeyPurpose = 'signing keys at rest' | 'one-time codes' | 'attempt subjects';

/** A 256-bit key for one purpose from the subgraph's one secret (HKDF-SHA-256, RFC 5869). */
export function deriveKey(secret: string, purpose: KeyPurpose): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, '', `caregraph users: ${purpose}`, 32));
}
