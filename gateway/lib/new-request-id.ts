import { randomUUID } from 'node:crypto';

/** A new id of a request, in one piece: `randomUUID` gives it as twenty pieces, 1 KB that stays as long as what keeps the id. */
export function newRequestId(): string {
  return Buffer.from(randomUUID(), 'latin1').toString('latin1');
}
