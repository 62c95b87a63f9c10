import { Prisma } from '../../prisma/appointments/generated/client.ts';
import type { SlotRecord } from './records.ts';
import type { Database } from './store.ts';

/** Slots that start from `from` (included) to `to` (not included). */
export interface Period {
  readonly from: Date;
  readonly to: Date;
}

export interface SlotStore {
  byIds(ids: readonly string[]): Promise<readonly SlotRecord[]>;
  /** The first free slots of each doctor within the period, earliest first: one statement for all doctors. */
  freeSlots(doctorIds: readonly string[], period: Period, firstPerDoctor: number): Promise<readonly SlotRecord[]>;
}

/** Reads slots. A slot is free when no appointment that keeps its time overlaps it in the doctor's calendar. */
export function createSlotStore(database: Database): SlotStore {
  return {
    byIds: (ids) => database.slot.findMany({ where: { id: { in: [...ids] } } }),
    freeSlots: (doctorIds, { from, to }, firstPerDoctor) =>
      database.$queryRaw<SlotRecord[]>(Prisma.sql`
        SELECT free.*
        FROM unnest(${doctorIds}::text[]) AS doctor(id)
        CROSS JOIN LATERAL (
          SELECT slot.id, slot.doctor_id AS "doctorId", slot.workplace_id AS "workplaceId",
                 slot.starts_at AS "startsAt", slot.ends_at AS "endsAt"
          FROM slot
          WHERE slot.doctor_id = doctor.id AND slot.starts_at >= ${from} AND slot.starts_at < ${to}
            AND NOT EXISTS (
              SELECT FROM appointment
              WHERE appointment.doctor_id = slot.doctor_id
                AND appointment.status NOT IN ('CANCELLED', 'REJECTED')
                AND tstzrange(appointment.starts_at, appointment.ends_at) && tstzrange(slot.starts_at, slot.ends_at)
                -- Implied, but it spares the index a doctor's years of past appointments.
                AND tstzrange(appointment.starts_at, appointment.ends_at) && tstzrange(${from}::timestamptz, NULL)
            )
          ORDER BY slot.starts_at
          LIMIT ${firstPerDoctor}
        ) AS free
        ORDER BY free."startsAt", free.id`),
  };
}
