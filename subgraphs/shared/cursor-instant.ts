import { clientError } from './client-error.ts';

/** As `toISOString` writes it, in years that PostgreSQL reads back. */
const INSTANT = /^[12]\d{3}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

/** Reads the instant among the sort keys of a cursor. Throws `BAD_USER_INPUT` for one that no cursor of ours holds. */
export function cursorInstant(key: string | undefined): Date {
  const instant = new Date(key ?? '');
  if (!INSTANT.test(key ?? '') || Number.isNaN(instant.getTime())) {
    throw clientError('BAD_USER_INPUT', '"after" must be a cursor that an earlier page of this list gave.');
  }
  return instant;
}
