import { connection, pageRequest, type Connection, type PageArguments } from '../shared/connection.ts';
import { cursorInstant } from '../shared/cursor-instant.ts';
import type { Caller } from './caller.ts';
import type { AppointmentRecord, AppointmentStatus } from './records.ts';
import type { AppointmentStore, Place } from './store-appointments.ts';

export interface AppointmentFilter {
  readonly upcoming?: boolean | null | undefined;
  readonly status?: readonly AppointmentStatus[] | null | undefined;
}

export type ListAppointments = (
  caller: Caller,
  page: PageArguments,
  filter: AppointmentFilter,
) => Promise<Connection<AppointmentRecord>>;

const OPEN: readonly AppointmentStatus[] = ['REQUESTED', 'CONFIRMED', 'CHECKED_IN', 'IN_PROGRESS'];
/** How many keys name a place in a list of appointments. */
export const PLACE_KEYS = 2;

/** Lists what the caller may see: their own appointments as a patient, and those of their calendars. */
export function createListAppointments(
  appointments: Pick<AppointmentStore, 'list' | 'count'>,
  now: () => Date,
): ListAppointments {
  return async (caller, page, { upcoming, status }) => {
    const request = pageRequest(page, PLACE_KEYS);
    const scope = { patientId: caller.userId(), doctorIds: [...(await caller.calendars()).keys()] };
    const filter = {
      statuses: upcoming === true ? OPEN.filter((one) => status?.includes(one) ?? true) : distinct(status),
      endsAfter: upcoming === true ? now() : undefined,
    };
    const order = upcoming === true ? 'asc' : 'desc';
    const [rows, totalCount] = await Promise.all([
      appointments.list(scope, filter, { order, after: placeOf(request.after), take: request.limit + 1 }),
      appointments.count(scope, filter),
    ]);
    return connection(rows, request, totalCount, placeKeys);
  };
}

/** Each status once: a client may name one so often that no statement could hold it. */
function distinct(status: AppointmentFilter['status']): readonly AppointmentStatus[] | undefined {
  return status == null ? undefined : [...new Set(status)];
}

/** The sort keys by which a cursor names an appointment's place. */
export function placeKeys({ startsAt, id }: AppointmentRecord): readonly string[] {
  return [startsAt.toISOString(), id];
}

/** The place that a cursor names. Throws `BAD_USER_INPUT` for one that no list of ours gave. */
export function placeOf(keys: readonly string[] | undefined): Place | undefined {
  if (keys === undefined) return undefined;
  const [instant, id = ''] = keys;
  return { startsAt: cursorInstant(instant), id };
}
