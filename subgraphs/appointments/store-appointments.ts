import type { AppointmentWhereInput } from '../../prisma/appointments/generated/models.ts';
import type { AppointmentRecord, AppointmentStatus, AppointmentStatusEventRecord } from './records.ts';
import type { Database } from './store.ts';

/** Whose appointments: those of a patient, and those in some calendars. */
export interface Scope {
  readonly patientId: string;
  readonly doctorIds: readonly string[];
}

export interface ListFilter {
  readonly statuses: readonly AppointmentStatus[] | undefined;
  readonly endsAfter: Date | undefined;
}

/** The place of an appointment in a list ordered by time. */
export interface Place {
  readonly startsAt: Date;
  readonly id: string;
}

export interface ListPage {
  readonly order: 'asc' | 'desc';
  readonly after: Place | undefined;
  readonly take: number;
}

export interface AppointmentStore {
  byIds(ids: readonly string[]): Promise<readonly AppointmentRecord[]>;
  list(scope: Scope, filter: ListFilter, page: ListPage): Promise<readonly AppointmentRecord[]>;
  count(scope: Scope, filter: ListFilter): Promise<number>;
  /** The changes of each appointment, oldest first. */
  historyOf(appointmentIds: readonly string[]): Promise<readonly AppointmentStatusEventRecord[]>;
  eventsByIds(eventIds: readonly string[]): Promise<readonly AppointmentStatusEventRecord[]>;
  /** The patients among those given who have, or had, an appointment with the doctor that was not cancelled or rejected. */
  patientsWith(doctorId: string, patientIds: readonly string[]): Promise<readonly string[]>;
}

/** Reads appointments and their history. Who may see them is decided by the caller of these functions. */
export function createAppointmentStore(database: Database): AppointmentStore {
  return {
    byIds: (ids) => database.appointment.findMany({ where: { id: { in: [...ids] } } }),
    list: (scope, filter, { order, after, take }) =>
      database.appointment.findMany({
        where: { AND: [within(scope), matching(filter), following(after, order)] },
        orderBy: [{ startsAt: order }, { id: order }],
        take,
      }),
    count: (scope, filter) => database.appointment.count({ where: { AND: [within(scope), matching(filter)] } }),
    historyOf: (ids) =>
      database.appointmentStatusEvent.findMany({
        where: { appointmentId: { in: [...ids] } },
        orderBy: [{ appointmentId: 'asc' }, { version: 'asc' }],
      }),
    eventsByIds: (ids) => database.appointmentStatusEvent.findMany({ where: { eventId: { in: [...ids] } } }),
    async patientsWith(doctorId, patientIds) {
      const rows = await database.appointment.findMany({
        where: { doctorId, patientId: { in: [...patientIds] }, status: { notIn: ['CANCELLED', 'REJECTED'] } },
        distinct: ['patientId'],
        select: { patientId: true },
      });
      return rows.map(({ patientId }) => patientId);
    },
  };
}

function within({ patientId, doctorIds }: Scope): AppointmentWhereInput {
  return { OR: [{ patientId }, { doctorId: { in: [...doctorIds] } }] };
}

function matching({ statuses, endsAfter }: ListFilter): AppointmentWhereInput {
  return {
    ...(statuses === undefined ? {} : { status: { in: [...statuses] } }),
    ...(endsAfter === undefined ? {} : { endsAt: { gt: endsAfter } }),
  };
}

function following(after: Place | undefined, order: 'asc' | 'desc'): AppointmentWhereInput {
  if (after === undefined) return {};
  const { startsAt, id } = after;
  const beyond = order === 'asc' ? 'gt' : 'lt';
  return { OR: [{ startsAt: { [beyond]: startsAt } }, { startsAt, id: { [beyond]: id } }] };
}
