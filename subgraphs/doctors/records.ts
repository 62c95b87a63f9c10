import type { Connection } from '../shared/connection.ts';

/** What stands behind the schema's types: rows, without those columns that no field shows. */

export interface DoctorRecord {
  /** The id of the doctor's user. */
  readonly id: string;
  readonly displayName: string;
  readonly specialization: string;
  readonly verificationStatus: 'PENDING' | 'VERIFIED' | 'REJECTED';
  readonly bio: string | null;
  readonly yearsOfExperience: number | null;
  readonly languages: string[];
}

export interface WorkplaceRecord {
  readonly id: string;
  readonly doctorId: string;
  readonly name: string;
  readonly type: 'CLINIC' | 'HOSPITAL' | 'TELEMEDICINE';
  readonly timeZone: string;
  /** The consultation fee, in hundredths of the currency. */
  readonly feeHundredths: number;
  readonly currency: string;
  readonly street: string;
  readonly city: string;
  readonly state: string | null;
  readonly postalCode: string | null;
  readonly country: string;
  readonly latitude: number | null;
  readonly longitude: number | null;
}

/** A person of the users subgraph: nothing but the id is known here. */
export interface UserRecord {
  readonly id: string;
}

export type DoctorConnectionRecord = Connection<DoctorRecord>;

export interface NearbyDoctorConnectionRecord extends Omit<Connection<never>, 'edges'> {
  readonly edges: readonly NearbyDoctorEdgeRecord[];
}

export interface NearbyDoctorEdgeRecord {
  readonly cursor: string;
  /** From the point that was asked about to the doctor's nearest workplace. */
  readonly distanceKm: number;
  readonly node: DoctorRecord;
}
