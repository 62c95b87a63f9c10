import DataLoader from 'dataloader';
import type { Connection } from '../shared/connection.ts';
import { loaderById, loaderByOwner } from '../shared/loaders.ts';
import type { Availability } from './availability.ts';
import { calendarLoader, type CalendarKey } from './calendar-pages.ts';
import type { Caller } from './caller.ts';
import type { AppointmentRecord, AppointmentStatusEventRecord, ReferralRecord, SlotRecord } from './records.ts';
import type { AppointmentStore } from './store-appointments.ts';
import type { CalendarStore } from './store-calendars.ts';
import type { ReferralStore } from './store-referrals.ts';
import type { SlotStore } from './store-slots.ts';
import { visibleAppointments, visibleReferrals } from './visibility.ts';

export interface LoaderParts {
  readonly slots: Pick<SlotStore, 'byIds'>;
  readonly appointments: Pick<AppointmentStore, 'byIds' | 'historyOf' | 'eventsByIds' | 'patientsWith'>;
  readonly calendars: Pick<CalendarStore, 'pages'>;
  readonly referrals: ReferralStore;
  readonly availability: Pick<Availability, 'next'>;
}

export interface NextSlotsKey {
  readonly doctorId: string;
  readonly first: number;
}

/** The reads of one request, each batched over everything that asks for it. What the caller may not see is null. */
export interface Loaders {
  readonly slot: DataLoader<string, SlotRecord | null>;
  readonly nextSlots: DataLoader<NextSlotsKey, SlotRecord[], string>;
  readonly appointment: DataLoader<string, AppointmentRecord | null>;
  /** The history of an appointment that the caller may see. */
  readonly history: DataLoader<string, readonly AppointmentStatusEventRecord[]>;
  readonly statusEvent: DataLoader<string, AppointmentStatusEventRecord | null>;
  /** A page of a calendar; whether the caller may see that calendar is the permission of the field. */
  readonly calendar: DataLoader<CalendarKey, Connection<AppointmentRecord>, string>;
  readonly referral: DataLoader<string, ReferralRecord | null>;
  /** Lets go of what was loaded, after a change. */
  forget(): void;
}

/** Makes the loaders of one request: nothing that one caller may see is kept for another. */
export function createLoaders(parts: LoaderParts, caller: Caller): Loaders {
  const { slots, appointments, referrals } = parts;
  const appointment = loaderById(
    async (ids) => visibleAppointments(await appointments.byIds(ids), caller),
    ({ id }) => id,
  );
  const loaders = {
    slot: loaderById(slots.byIds, ({ id }) => id),
    nextSlots: nextSlotsLoader(parts.availability),
    appointment,
    history: loaderByOwner(appointments.historyOf, ({ appointmentId }) => appointmentId),
    statusEvent: loaderById(
      async (ids) => {
        const events = await appointments.eventsByIds(ids);
        const seen = await Promise.all(events.map(({ appointmentId }) => appointment.load(appointmentId)));
        return events.filter((_, index) => seen[index] != null);
      },
      ({ eventId }) => eventId,
    ),
    calendar: calendarLoader(parts.calendars),
    referral: loaderById(
      async (ids) => visibleReferrals(await referrals.byIds(ids), caller, appointments),
      ({ id }) => id,
    ),
  };
  return {
    ...loaders,
    forget() {
      for (const loader of Object.values<Pick<DataLoader<never, unknown>, 'clearAll'>>(loaders)) loader.clearAll();
    },
  };
}

/** All doctors in one read, as many slots as the most demanding field asks for. */
function nextSlotsLoader(availability: Pick<Availability, 'next'>): Loaders['nextSlots'] {
  return new DataLoader(
    async (keys) => {
      const most = Math.max(...keys.map(({ first }) => first));
      const slots = await availability.next([...new Set(keys.map(({ doctorId }) => doctorId))], most);
      return keys.map(({ doctorId, first }) => slots.filter((slot) => slot.doctorId === doctorId).slice(0, first));
    },
    { cacheKeyFn: ({ doctorId, first }) => `${first}:${doctorId}` },
  );
}
