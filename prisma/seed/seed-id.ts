import { createHash } from 'node:crypto';

/** The id of a seeded row: the same on every machine, in the form of a UUID (version 8, RFC 9562), from what the row is and its name. */
export function seedId(kind: string, name: string): string {
  const hex = createHash('sha256').update(`${kind}:${name}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
