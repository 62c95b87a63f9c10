import DataLoader from 'dataloader';
import {
  connection,
  pageRequest,
  type Connection,
  type PageArguments,
  type PageRequest,
} from '../shared/connection.ts';
import { checkedPeriod } from './availability.ts';
import { PLACE_KEYS, placeKeys, placeOf } from './listing.ts';
import type { AppointmentRecord } from './records.ts';
import type { Place } from './store-appointments.ts';
import type { CalendarStore } from './store-calendars.ts';
import type { Period } from './store-slots.ts';

/** One page of one doctor's calendar. */
export interface CalendarKey {
  readonly doctorId: string;
  readonly period: Period;
  readonly page: PageRequest;
  readonly after: Place | undefined;
}

/** Reads the arguments of a calendar. Throws `BAD_USER_INPUT`. */
export function calendarKey(doctorId: string, { from, to, ...page }: Period & PageArguments): CalendarKey {
  const request = pageRequest(page, PLACE_KEYS);
  return { doctorId, period: checkedPeriod({ from, to }), page: request, after: placeOf(request.after) };
}

/** A loader of calendar pages: calendars that are asked for the same page are read together. */
export function calendarLoader(
  calendars: Pick<CalendarStore, 'pages'>,
): DataLoader<CalendarKey, Connection<AppointmentRecord>, string> {
  return new DataLoader(
    async (keys) => {
      const wanted = new Map(keys.map((key) => [pageName(key), key]));
      const pages = await Promise.all(
        [...wanted].map(async ([name, { period, page, after }]) => {
          const doctorIds = keys.filter((key) => pageName(key) === name).map(({ doctorId }) => doctorId);
          return [name, await calendars.pages(doctorIds, period, { after, take: page.limit + 1 })] as const;
        }),
      );
      const byName = new Map(pages);
      return keys.map((key) => {
        const found = byName.get(pageName(key))?.get(key.doctorId);
        return connection(found?.appointments ?? [], key.page, found?.totalCount ?? 0, placeKeys);
      });
    },
    { cacheKeyFn: (key) => `${pageName(key)} ${key.doctorId}` },
  );
}

function pageName({ period, page }: CalendarKey): string {
  return JSON.stringify([period.from, period.to, page.limit, page.after]);
}
