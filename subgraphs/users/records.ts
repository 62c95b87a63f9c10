import type { Role } from '../../wire/identity.ts';

export type Gender = 'MALE' | 'FEMALE' | 'OTHER' | 'UNKNOWN';

/** Stands behind `User`. */
export interface UserRecord {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly phone: string | null;
  readonly role: Role;
  readonly isVerified: boolean;
  /** As in 1990-04-23. */
  readonly dateOfBirth: string | null;
  readonly gender: Gender | null;
  readonly profilePictureUrl: string | null;
  readonly createdAt: Date;
  /** `bearer`: whoever gets this record has just proved to be its owner, or wrote it; `rules`: the visibility rules decide. */
  readonly readableBy: 'rules' | 'bearer';
}

/** Stands behind `Patient`: the part of an account that those who care for the person may read. */
export interface PatientRecord {
  readonly id: string;
  readonly name: string;
  readonly dateOfBirth: string | null;
  readonly gender: Gender | null;
  readonly phone: string | null;
}

export interface AddressRecord {
  readonly id: string;
  readonly accountId: string;
  readonly type: 'HOME' | 'WORK' | 'TEMP' | 'BILLING';
  readonly street: string;
  readonly city: string;
  readonly state: string | null;
  readonly postalCode: string | null;
  readonly country: string;
  readonly isDefault: boolean;
}

export interface RegisterPayloadRecord {
  readonly user: UserRecord;
  readonly otpSentTo: string;
}

export interface AuthPayloadRecord {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly expiresIn: number;
  readonly tokenType: 'Bearer';
  readonly user: UserRecord;
}
