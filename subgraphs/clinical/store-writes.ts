import { randomUUID } from 'node:crypto';
import { EVENT_TYPES } from '../../wire/names.ts';
import { outboxRow } from '../shared/outbox.ts';
import type { ConsentRecord, ConsultationRecord, PrescriptionItemRecord, PrescriptionRecord } from './records.ts';
import type { AuditEntry } from './store-access.ts';
import type { Database, Transaction } from './store.ts';

export interface NewConsultation extends Omit<ConsultationRecord, 'kind'> {
  readonly appointmentId: string | null;
}

export interface NewPrescription extends Omit<PrescriptionRecord, 'kind'> {
  readonly idempotencyKey: string | null;
  readonly requestHash: string | null;
  readonly items: readonly Omit<PrescriptionItemRecord, 'id' | 'prescriptionId'>[];
}

export interface ConsentWish {
  readonly patientId: string;
  readonly doctorId: string;
  readonly at: Date;
  readonly expiresAt: Date | null;
}

export type WriteStore = ReturnType<typeof createWriteStore>;

/** Writes records, each together with its line in the audit trail and its events. */
export function createWriteStore(database: Database) {
  return {
    async insertConsultation(row: NewConsultation, audit: AuditEntry): Promise<ConsultationRecord> {
      await database.$transaction([
        database.consultation.create({ data: row }),
        database.auditEvent.create({ data: audit }),
      ]);
      return { ...row, kind: 'Consultation' };
    },

    /** Those of the products that nobody knows. */
    async unknownProducts(productIds: readonly string[]): Promise<string[]> {
      const known = await database.knownProduct.findMany({ where: { id: { in: [...productIds] } } });
      const ids = new Set(known.map(({ id }) => id));
      return productIds.filter((id) => !ids.has(id));
    },

    /** Writes a prescription and says so to the other subgraphs; false, and nothing written, when its idempotency key is taken. */
    insertPrescription: (row: NewPrescription, audit: AuditEntry) =>
      database.$transaction((transaction) => insertPrescription(transaction, row, audit)),

    /** The prescription that a doctor wrote under an idempotency key, and the hash of that request. */
    async prescriptionUnderKey(
      doctorId: string,
      idempotencyKey: string,
    ): Promise<(PrescriptionRecord & { readonly requestHash: string | null }) | null> {
      const row = await database.prescription.findUnique({
        where: { doctorId_idempotencyKey: { doctorId, idempotencyKey } },
      });
      return row && { ...row, kind: 'Prescription' };
    },

    openConsent: (wish: ConsentWish, audit: (consentId: string) => AuditEntry) =>
      database.$transaction((transaction) => openConsent(transaction, wish, audit)),

    /** Ends a consent of a patient; the consent as it stands then, null when the patient has none of that id. */
    closeConsent: (id: string, patientId: string, audit: AuditEntry) =>
      database.$transaction(async (transaction): Promise<ConsentRecord | null> => {
        const ended = await transaction.$executeRaw`
          UPDATE consent SET revoked_at = ${audit.occurredAt}, ended_at = coalesce(ended_at, ${audit.occurredAt})
          WHERE id = ${id} AND patient_id = ${patientId} AND revoked_at IS NULL`;
        if (ended > 0) await transaction.auditEvent.create({ data: audit });
        return transaction.consent.findFirst({ where: { id, patientId } });
      }),
  };
}

async function insertPrescription(transaction: Transaction, row: NewPrescription, audit: AuditEntry): Promise<boolean> {
  const { items, ...prescription } = row;
  // Waits for a transaction that is writing the same key.
  const { count } = await transaction.prescription.createMany({ data: [prescription], skipDuplicates: true });
  if (count === 0) return false;
  await transaction.prescriptionItem.createMany({
    data: items.map((item, position) => ({ ...item, id: randomUUID(), prescriptionId: row.id, position })),
  });
  await transaction.outboxEvent.create({
    data: outboxRow({
      type: EVENT_TYPES.prescriptionIssued,
      subject: row.id,
      audience: [row.patientId],
      data: { prescriptionId: row.id, patientId: row.patientId, status: row.status },
      time: row.occurredAt,
    }),
  });
  await transaction.auditEvent.create({ data: audit });
  return true;
}

/** Gives the pair its one open consent, with the expiry that was asked for last; one that has expired is closed and stays as history. */
async function openConsent(
  transaction: Transaction,
  { patientId, doctorId, at, expiresAt }: ConsentWish,
  audit: (consentId: string) => AuditEntry,
): Promise<ConsentRecord> {
  await transaction.$executeRaw`
    UPDATE consent SET ended_at = expires_at
    WHERE patient_id = ${patientId} AND doctor_id = ${doctorId} AND ended_at IS NULL AND expires_at <= ${at}`;
  const rows = await transaction.$queryRaw<ConsentRecord[]>`
    INSERT INTO consent (id, patient_id, doctor_id, granted_at, expires_at)
    VALUES (${randomUUID()}, ${patientId}, ${doctorId}, ${at}, ${expiresAt})
    ON CONFLICT (patient_id, doctor_id) WHERE ended_at IS NULL DO UPDATE SET expires_at = excluded.expires_at
    RETURNING id, patient_id AS "patientId", doctor_id AS "doctorId", granted_at AS "grantedAt",
      expires_at AS "expiresAt", revoked_at AS "revokedAt"`;
  const consent = rows[0];
  if (consent === undefined) throw new Error('an upsert returned no row');
  await transaction.auditEvent.create({ data: audit(consent.id) });
  return consent;
}
