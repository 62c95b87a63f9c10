import { Prisma } from '../../prisma/appointments/generated/client.ts';
import type { AppointmentRecord } from './records.ts';
import type { StaffAssignment } from './caller.ts';
import type { Place } from './store-appointments.ts';
import type { Period } from './store-slots.ts';
import type { Database } from './store.ts';

export interface CalendarPage {
  readonly totalCount: number;
  /** Earliest first. */
  readonly appointments: readonly AppointmentRecord[];
}

export interface CalendarStore {
  assignmentsOf(userId: string): Promise<readonly StaffAssignment[]>;
  /** The ids of those who look after a doctor's calendar. */
  staffOf(doctorId: string): Promise<readonly string[]>;
  /** The same page of several calendars, in two statements however many they are. */
  pages(
    doctorIds: readonly string[],
    period: Period,
    page: { readonly after: Place | undefined; readonly take: number },
  ): Promise<ReadonlyMap<string, CalendarPage>>;
}

/** Reads doctors' calendars and who looks after them. */
export function createCalendarStore(database: Database): CalendarStore {
  return {
    assignmentsOf: (userId) =>
      database.staffAssignment.findMany({ where: { userId }, select: { doctorId: true, role: true } }),
    async staffOf(doctorId) {
      const rows = await database.staffAssignment.findMany({ where: { doctorId }, select: { userId: true } });
      return rows.map(({ userId }) => userId);
    },
    async pages(doctorIds, period, page) {
      const places = await placesOf(database, { doctorIds, period, ...page });
      const ids = places.flatMap(({ appointmentId }) => appointmentId ?? []);
      const rows = await database.appointment.findMany({
        where: { id: { in: ids } },
        orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
      });
      const totals = new Map(places.map(({ doctorId, total }) => [doctorId, total]));
      return new Map(
        [...totals].map(([doctorId, totalCount]) => [
          doctorId,
          { totalCount, appointments: rows.filter((row) => row.doctorId === doctorId) },
        ]),
      );
    },
  };
}

interface PlacesRequest {
  readonly doctorIds: readonly string[];
  readonly period: Period;
  readonly after: Place | undefined;
  readonly take: number;
}

/** One row for each appointment of the pages; one without an appointment for a calendar whose page is empty. */
async function placesOf(
  database: Database,
  { doctorIds, period: { from, to }, after, take }: PlacesRequest,
): Promise<readonly { doctorId: string; total: number; appointmentId: string | null }[]> {
  const following =
    after === undefined
      ? Prisma.empty
      : Prisma.sql`AND (starts_at, id) > (${after.startsAt}::timestamptz, ${after.id})`;
  return database.$queryRaw(Prisma.sql`
    SELECT doctor.id AS "doctorId", everything.total, page.id AS "appointmentId"
    FROM unnest(${doctorIds}::text[]) AS doctor(id)
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS total FROM appointment
      WHERE doctor_id = doctor.id AND starts_at >= ${from} AND starts_at < ${to}
    ) AS everything
    LEFT JOIN LATERAL (
      SELECT id FROM appointment
      WHERE doctor_id = doctor.id AND starts_at >= ${from} AND starts_at < ${to} ${following}
      ORDER BY starts_at, id
      LIMIT ${take}
    ) AS page ON true`);
}
