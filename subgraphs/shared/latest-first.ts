import { pageRequest, type PageArguments, type PageRequest } from './connection.ts';
import { cursorInstant } from './cursor-instant.ts';

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

/** Reads page arguments of a list that is sorted latest first. Throws `BAD_USER_INPUT`. */
export function latestFirstRequest(args: PageArguments): LatestFirstRequest {
  const page = pageRequest(args, 2);
  if (page.after === undefined) return { page, after: undefined };
  const [instant, id = ''] = page.after;
  return { page, after: { occurredAt: cursorInstant(instant), id } };
}

/** The sort keys of a row's place, for its cursor. */
export function placeKeys({ occurredAt, id }: PlaceInTime): readonly string[] {
  return [occurredAt.toISOString(), id];
}
