import { clientError } from './client-error.ts';
import { pageRequest, type PageArguments, type PageRequest } from './connection.ts';

/** A place in a list that is sorted by time, latest first, then by id. */
export interface PlaceInTime {
  readonly occurredAt: Date;
  readonly id: string;
}

/** A page of such a list, as a store reads it: `limit` rows that follow a place. */
export interface LatestFirstRequest {
  readonly page: PageRequest;
  readonly after: PlaceInTime | undefined;
}

/** As `toISOString` writes it, in years that PostgreSQL reads back. */
const INSTANT = /^[12]\d{3}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

/** Reads page arguments of a list that is sorted latest first. Throws `BAD_USER_INPUT`. */
export function latestFirstRequest(args: PageArguments): LatestFirstRequest {
  const page = pageRequest(args, 2);
  if (page.after === undefined) return { page, after: undefined };
  const [instant = '', id = ''] = page.after;
  const occurredAt = new Date(instant);
  if (!INSTANT.test(instant) || Number.isNaN(occurredAt.getTime())) {
    throw clientError('BAD_USER_INPUT', '"after" must be a cursor that an earlier page of this list gave.');
  }
  return { page, after: { occurredAt, id } };
}

/** The sort keys of a row's place, for its cursor. */
export function placeKeys({ occurredAt, id }: PlaceInTime): readonly string[] {
  return [occurredAt.toISOString(), id];
}
