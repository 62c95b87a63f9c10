import { Prisma } from '../../prisma/clinical/generated/client.ts';
import type { LatestFirstRequest } from '../shared/latest-first.ts';
import type {
  AllergyIntoleranceRecord,
  ClinicalDocumentRecord,
  ConsentRecord,
  ConsultationRecord,
  PrescriptionItemRecord,
  PrescriptionRecord,
  ReferralRecord,
  TimelineEntryRecord,
} from './records.ts';
import type { Database } from './store.ts';

/** Where one entry stands in the timeline of one patient. */
export interface TimelineRow {
  readonly patientId: string;
  readonly kind: TimelineEntryRecord['kind'];
  readonly id: string;
  readonly occurredAt: Date;
}

type Ids = readonly string[];

export type RecordStore = ReturnType<typeof createRecordStore>;

/** Reads records by id or by owner; whoever calls has decided already that the caller may see them. */
export function createRecordStore(database: Database) {
  return {
    async consultations(ids: Ids): Promise<ConsultationRecord[]> {
      const rows = await database.consultation.findMany({ where: { id: { in: [...ids] } } });
      return rows.map((row) => ({ ...row, kind: 'Consultation' }));
    },
    async prescriptions(ids: Ids): Promise<PrescriptionRecord[]> {
      const rows = await database.prescription.findMany({ where: { id: { in: [...ids] } } });
      return rows.map((row) => ({ ...row, kind: 'Prescription' }));
    },
    itemsOfPrescriptions(prescriptionIds: Ids): Promise<PrescriptionItemRecord[]> {
      return database.prescriptionItem.findMany({
        where: { prescriptionId: { in: [...prescriptionIds] } },
        orderBy: [{ prescriptionId: 'asc' }, { position: 'asc' }],
      });
    },
    async documents(ids: Ids): Promise<ClinicalDocumentRecord[]> {
      const rows = await database.clinicalDocument.findMany({ where: { id: { in: [...ids] } } });
      return rows.map((row) => ({ ...row, kind: 'ClinicalDocument' }));
    },
    async referrals(ids: Ids): Promise<ReferralRecord[]> {
      const rows = await database.timelineReferral.findMany({ where: { id: { in: [...ids] } } });
      return rows.map((row) => ({ ...row, kind: 'Referral' }));
    },
    consents(ids: Ids): Promise<ConsentRecord[]> {
      return database.consent.findMany({ where: { id: { in: [...ids] } } });
    },
    /** Gravest first. */
    allergiesOfPatients(patientIds: Ids): Promise<AllergyIntoleranceRecord[]> {
      return database.allergyIntolerance.findMany({
        where: { patientId: { in: [...patientIds] } },
        orderBy: [{ severity: 'desc' }, { substance: 'asc' }, { id: 'asc' }],
      });
    },
    timelines: (patientIds: Ids, request: LatestFirstRequest) => readTimelines(database, patientIds, request),
    timelineLengths: (patientIds: Ids) => readTimelineLengths(database, patientIds),
  };
}

const SOURCES: readonly (readonly [kind: TimelineEntryRecord['kind'], table: string])[] = [
  ['Consultation', 'consultation'],
  ['Prescription', 'prescription'],
  ['Referral', 'timeline_referral'],
  ['ClinicalDocument', 'clinical_document'],
];

/** A page of each patient's timeline, one row more than it holds: one statement, that reads no more of a table than the page. */
function readTimelines(
  database: Database,
  patientIds: Ids,
  { page, after }: LatestFirstRequest,
): Promise<TimelineRow[]> {
  const following =
    after === undefined
      ? Prisma.empty
      : Prisma.sql`AND occurred_at <= ${after.occurredAt} AND (occurred_at < ${after.occurredAt} OR id > ${after.id})`;
  const heads = SOURCES.map(
    ([kind, table]) => Prisma.sql`
      (SELECT ${kind} AS kind, id, occurred_at FROM ${Prisma.raw(table)}
       WHERE patient_id = patient.id ${following}
       ORDER BY occurred_at DESC, id LIMIT ${page.limit + 1})`,
  );
  return database.$queryRaw<TimelineRow[]>`
    SELECT patient.id AS "patientId", entry.kind, entry.id, entry.occurred_at AS "occurredAt"
    FROM unnest(${[...patientIds]}::text[]) AS patient (id)
    CROSS JOIN LATERAL (
      SELECT * FROM (${Prisma.join(heads, ' UNION ALL ')}) AS head ORDER BY occurred_at DESC, id LIMIT ${page.limit + 1}
    ) AS entry
    ORDER BY patient.id, entry.occurred_at DESC, entry.id`;
}

function readTimelineLengths(
  database: Database,
  patientIds: Ids,
): Promise<{ readonly patientId: string; readonly length: number }[]> {
  const counts = SOURCES.map(
    ([, table]) => Prisma.sql`(SELECT count(*) FROM ${Prisma.raw(table)} WHERE patient_id = patient.id)`,
  );
  return database.$queryRaw`
    SELECT patient.id AS "patientId", (${Prisma.join(counts, ' + ')})::int AS length
    FROM unnest(${[...patientIds]}::text[]) AS patient (id)`;
}
