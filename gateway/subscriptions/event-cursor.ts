import { hash } from 'node:crypto';

/** A place in the log of events, as clients hold it: opaque to them, and the same on every gateway of one bus. */
export interface EventCursor {
  readonly position: bigint;
  /** Tells the event at that position from another one there, should the log be a new one; empty for a place without event. */
  readonly check: string;
}

const PATTERN = /^([0-9a-z]{1,16})\.([\w-]{8})?$/;
const CHECK_LENGTH = 8;

/** Writes the place of an event. The event's own id is not in it: a cursor may be given to someone whom the event does not concern. */
export function cursorOf({ position, id }: { readonly position: bigint; readonly id: string | undefined }): string {
  return `${position.toString(36)}.${id === undefined ? '' : checkOf(id)}`;
}

/** Reads what a client sent as its last event; undefined when no gateway wrote it. */
export function readCursor(text: string): EventCursor | undefined {
  const [, digits, check = ''] = PATTERN.exec(text) ?? [];
  if (digits === undefined) return undefined;
  const position = [...digits].reduce((sum, digit) => sum * 36n + BigInt(Number.parseInt(digit, 36)), 0n);
  return { position, check };
}

/** The part of a cursor that depends on the event. */
export function checkOf(id: string): string {
  return hash('sha256', id, 'base64url').slice(0, CHECK_LENGTH);
}
