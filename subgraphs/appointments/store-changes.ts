import type { Prisma } from '../../prisma/appointments/generated/client.ts';
import { outboxRow } from '../shared/outbox.ts';
import type { AppointmentRecord, AppointmentStatus, SlotRecord } from './records.ts';
import { statusChangedEvent, type StatusChange } from './status-change.ts';
import { inCalendars, violatedConstraint, type Database } from './store.ts';

/** A request that may be repeated without booking twice. */
export interface BookingKey {
  readonly idempotencyKey: string;
  /** What was asked for, as a digest. */
  readonly requestDigest: string;
}

export interface NewAppointment extends Omit<
  AppointmentRecord,
  'slotId' | 'doctorId' | 'workplaceId' | 'startsAt' | 'endsAt' | 'createdAt' | 'version'
> {
  readonly slot: SlotRecord;
  readonly bookedBy: string;
  readonly key: BookingKey | undefined;
}

export interface Move {
  readonly status: AppointmentStatus;
  /** Absent when the appointment keeps its time. */
  readonly slot?: SlotRecord;
}

/** What became of a write. Where it is not `written`, nothing was. */
export type Written =
  | { readonly outcome: 'written'; readonly appointment: AppointmentRecord }
  | { readonly outcome: 'doctor-busy' | 'patient-busy' | 'key-used' | 'changed-meanwhile' };

export interface ChangeStore {
  book(appointment: NewAppointment, change: StatusChange): Promise<Written>;
  /** Applies to the version and status given; of two changes at once one is `changed-meanwhile`. */
  move(appointment: AppointmentRecord, move: Move, change: StatusChange): Promise<Written>;
  /** The appointment that a person booked under a key before. */
  bookedUnder(
    bookedBy: string,
    idempotencyKey: string,
  ): Promise<{ readonly appointment: AppointmentRecord; readonly requestDigest: string | null } | undefined>;
}

const OUTCOMES = {
  appointment_booked_by_idempotency_key_key: 'key-used',
  appointment_slot_taken: 'doctor-busy',
  appointment_doctor_busy: 'doctor-busy',
  appointment_patient_busy: 'patient-busy',
} as const;
const CONSTRAINTS = Object.keys(OUTCOMES) as (keyof typeof OUTCOMES)[];

/** Writes appointments, each together with its history and its event: all three or nothing. */
export function createChangeStore(
  database: Database,
  staffOf: (doctorId: string) => Promise<readonly string[]>,
): ChangeStore {
  return {
    async book({ slot, key, ...appointment }, change) {
      const staffIds = await staffOf(slot.doctorId);
      return unlessRefused(() =>
        inCalendars(database, [slot.doctorId, appointment.patientId], async (tx) => {
          const row = await tx.appointment.create({
            data: { ...appointment, ...timesOf(slot), ...key, createdAt: change.occurredAt },
          });
          await record(tx, row, change, staffIds);
          return { outcome: 'written', appointment: row };
        }),
      );
    },
    async move({ id, doctorId, patientId, status, version }, move, change) {
      const staffIds = await staffOf(doctorId);
      return unlessRefused(() =>
        inCalendars(database, [doctorId, patientId], async (tx) => {
          const [row] = await tx.appointment.updateManyAndReturn({
            where: { id, status, version },
            data: { status: move.status, version: version + 1, ...(move.slot && timesOf(move.slot)) },
          });
          if (row === undefined) return { outcome: 'changed-meanwhile' };
          await record(tx, row, change, staffIds);
          return { outcome: 'written', appointment: row };
        }),
      );
    },
    async bookedUnder(bookedBy, idempotencyKey) {
      const row = await database.appointment.findUnique({
        where: { bookedBy_idempotencyKey: { bookedBy, idempotencyKey } },
      });
      return row === null ? undefined : { appointment: row, requestDigest: row.requestDigest };
    },
  };
}

async function unlessRefused(write: () => Promise<Written>): Promise<Written> {
  try {
    return await write();
  } catch (error) {
    const constraint = violatedConstraint(error, CONSTRAINTS);
    if (constraint === undefined) throw error;
    return { outcome: OUTCOMES[constraint] };
  }
}

function timesOf({ id: slotId, doctorId, workplaceId, startsAt, endsAt }: SlotRecord) {
  return { slotId, doctorId, workplaceId, startsAt, endsAt };
}

async function record(
  tx: Prisma.TransactionClient,
  appointment: AppointmentRecord,
  change: StatusChange,
  staffIds: readonly string[],
): Promise<void> {
  const { id: appointmentId, status, version } = appointment;
  await tx.appointmentStatusEvent.create({ data: { ...change, appointmentId, status, version } });
  await tx.outboxEvent.create({ data: outboxRow(statusChangedEvent(appointment, change, staffIds)) });
}
