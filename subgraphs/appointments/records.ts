import type { Connection } from '../shared/connection.ts';

/** The stations of an appointment, as the schema and the database name them. */
export type AppointmentStatus =
  'REQUESTED' | 'CONFIRMED' | 'REJECTED' | 'CANCELLED' | 'CHECKED_IN' | 'IN_PROGRESS' | 'COMPLETED' | 'NO_SHOW';

export type AppointmentType = 'IN_PERSON' | 'VIDEO' | 'FOLLOW_UP';

/** What stands behind `Slot`. */
export interface SlotRecord {
  readonly id: string;
  readonly doctorId: string;
  readonly workplaceId: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
}

/** What stands behind `Appointment`. */
export interface AppointmentRecord {
  readonly id: string;
  readonly slotId: string;
  readonly doctorId: string;
  readonly patientId: string;
  readonly workplaceId: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly status: AppointmentStatus;
  readonly type: AppointmentType;
  readonly reason: string | null;
  readonly createdAt: Date;
  /** Grows with every change. */
  readonly version: number;
}

/** What stands behind `AppointmentStatusEvent`. */
export interface AppointmentStatusEventRecord {
  readonly eventId: string;
  readonly appointmentId: string;
  readonly previousStatus: AppointmentStatus | null;
  readonly status: AppointmentStatus;
  readonly occurredAt: Date;
  readonly reason: string | null;
}

/** What stands behind `AppointmentStatusChange`: the same rows, as a part of their appointment. */
export type AppointmentStatusChangeRecord = AppointmentStatusEventRecord;

/** What stands behind `Referral`. */
export interface ReferralRecord {
  readonly id: string;
  readonly fromDoctorId: string;
  readonly toDoctorId: string;
  readonly patientId: string;
  readonly status: 'REQUESTED' | 'ACCEPTED' | 'REJECTED' | 'ACTIVE' | 'COMPLETED' | 'CANCELLED' | 'EXPIRED';
  readonly reason: string | null;
  readonly createdAt: Date;
}

/** Doctors, patients and workplaces belong to other subgraphs: here they are ids. */
export interface DoctorRecord {
  readonly id: string;
}
export interface PatientRecord {
  readonly id: string;
}
export interface WorkplaceRecord {
  readonly id: string;
}

export type AppointmentConnectionRecord = Connection<AppointmentRecord>;
export type AppointmentEdgeRecord = AppointmentConnectionRecord['edges'][number];

/** What stands behind the two outcomes of a booking. */
export interface AppointmentBookedRecord {
  readonly __typename: 'AppointmentBooked';
  readonly appointment: AppointmentRecord;
}
export interface SlotTakenRecord {
  readonly __typename: 'SlotTaken';
  readonly nextAvailableSlots: readonly SlotRecord[];
}
