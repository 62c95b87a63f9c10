import { clientError } from './client-error.ts';

/** Reads a text of an input: trimmed, 1 to `maxLength` characters (UTF-16 units) long. Throws `BAD_USER_INPUT` naming the field. */
export function boundedText(field: string, value: string, maxLength: number): string {
  const text = value.trim();
  if (text.length === 0 || text.length > maxLength) {
    throw clientError('BAD_USER_INPUT', `"${field}" must be 1 to ${maxLength} characters long.`);
  }
  return text;
}

/** As `boundedText`, for a text that may be left out: `null` when it is absent, null or blank. */
export function optionalText(field: string, value: string | null | undefined, maxLength: number): string | null {
  return value == null || value.trim() === '' ? null : boundedText(field, value, maxLength);
}

/** Ids are opaque; the platform's own are UUIDs. */
const MAX_ID_LENGTH = 64;

/** Reads an id of an input. Throws `BAD_USER_INPUT` naming the field when it cannot be one. */
export function boundedId(field: string, value: string): string {
  return boundedText(field, value, MAX_ID_LENGTH);
}

const MAX_KEY_LENGTH = 128;

/** Reads an idempotency key, `null` when there is none. Throws `BAD_USER_INPUT`. */
export function idempotencyKeyOf(value: string | null | undefined): string | null {
  return value == null ? null : boundedText('idempotencyKey', value, MAX_KEY_LENGTH);
}
