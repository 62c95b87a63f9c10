import type { Connection } from '../shared/connection.ts';

/** What stands behind the types of the schema: the clinical record as the store reads it. */

export interface PatientRecord {
  readonly id: string;
}

export interface ConsultationRecord {
  readonly kind: 'Consultation';
  readonly id: string;
  readonly occurredAt: Date;
  readonly patientId: string;
  readonly doctorId: string;
  readonly diagnosis: string;
  readonly notes: string | null;
}

export interface PrescriptionRecord {
  readonly kind: 'Prescription';
  readonly id: string;
  readonly occurredAt: Date;
  readonly patientId: string;
  readonly doctorId: string;
  readonly status: 'ACTIVE' | 'COMPLETED' | 'CANCELLED' | 'EXPIRED';
}

export interface PrescriptionItemRecord {
  readonly id: string;
  readonly prescriptionId: string;
  readonly productId: string;
  readonly dosage: string;
  readonly frequency: string;
  readonly durationDays: number;
}

/** All that this subgraph knows of a referral: its place in the timeline. */
export interface ReferralRecord {
  readonly kind: 'Referral';
  readonly id: string;
  readonly occurredAt: Date;
  readonly patientId: string;
}

export interface ClinicalDocumentRecord {
  readonly kind: 'ClinicalDocument';
  readonly id: string;
  readonly occurredAt: Date;
  readonly patientId: string;
  readonly title: string;
  readonly contentType: string;
}

/** One entry of a patient's timeline. */
export type TimelineEntryRecord = ConsultationRecord | PrescriptionRecord | ReferralRecord | ClinicalDocumentRecord;

export interface AllergyIntoleranceRecord {
  readonly id: string;
  readonly patientId: string;
  readonly substance: string;
  readonly severity: 'MILD' | 'MODERATE' | 'SEVERE';
}

export interface ConsentRecord {
  readonly id: string;
  readonly patientId: string;
  readonly doctorId: string;
  readonly grantedAt: Date;
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
}

export interface AuditEventRecord {
  readonly id: string;
  readonly occurredAt: Date;
  readonly actorId: string;
  readonly action: 'CREATE' | 'READ' | 'UPDATE' | 'DELETE';
  readonly outcome: 'SUCCESS' | 'DENIED';
  readonly reason: string;
}

export type TimelineConnectionRecord = Connection<TimelineEntryRecord>;

export type AuditEventConnectionRecord = Connection<AuditEventRecord>;
