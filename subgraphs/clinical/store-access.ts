import { Prisma } from '../../prisma/clinical/generated/client.ts';
import type { LatestFirstRequest } from '../shared/latest-first.ts';
import type { AuditEventRecord } from './records.ts';
import type { Database } from './store.ts';

/** One access to a patient's record, as it is written into the audit trail. */
export interface AuditEntry {
  readonly id: string;
  readonly occurredAt: Date;
  readonly patientId: string;
  readonly actorId: string;
  readonly action: AuditEventRecord['action'];
  readonly outcome: AuditEventRecord['outcome'];
  readonly reason: string;
  /** What was written, as `Consultation/<id>`. */
  readonly entity?: string;
  readonly requestId: string;
}

/** What ties a doctor to a patient. */
export interface Relation {
  readonly patientId: string;
  readonly kind: 'treatment' | 'consent';
}

export type AccessStore = ReturnType<typeof createAccessStore>;

/** Who may read whose record, and who did. */
export function createAccessStore(database: Database) {
  return {
    /** The treatments, and the consents that hold at an instant, that tie a doctor to some patients: one statement. */
    relations(doctorId: string, patientIds: readonly string[], at: Date): Promise<Relation[]> {
      return database.$queryRaw<Relation[]>`
        SELECT patient_id AS "patientId", 'treatment' AS kind FROM treatment
        WHERE doctor_id = ${doctorId} AND patient_id = ANY(${patientIds})
        UNION ALL
        SELECT patient_id, 'consent' FROM consent
        WHERE doctor_id = ${doctorId} AND patient_id = ANY(${patientIds})
          AND ended_at IS NULL AND (expires_at IS NULL OR expires_at > ${at})`;
    },

    /** Writes down accesses: one statement. Rejects when that fails, and then nothing may be answered. */
    async recordAccess(entries: readonly AuditEntry[]): Promise<void> {
      await database.auditEvent.createMany({ data: [...entries] });
    },

    /** Accesses to a patient's record, latest first, one more than the page holds. */
    async accessLog(patientId: string, { page, after }: LatestFirstRequest): Promise<AuditEventRecord[]> {
      const following =
        after === undefined
          ? Prisma.empty
          : Prisma.sql`AND occurred_at <= ${after.occurredAt} AND (occurred_at < ${after.occurredAt} OR id > ${after.id})`;
      return database.$queryRaw<AuditEventRecord[]>`
        SELECT id, occurred_at AS "occurredAt", actor_id AS "actorId", action, outcome, reason FROM audit_event
        WHERE patient_id = ${patientId} ${following}
        ORDER BY occurred_at DESC, id LIMIT ${page.limit + 1}`;
    },

    countAccesses(patientId: string): Promise<number> {
      return database.auditEvent.count({ where: { patientId } });
    },
  };
}
