import type { UserRecord } from './records.ts';

/** An account as its use cases hold it. */
export interface Account extends Omit<UserRecord, 'readableBy' | 'isVerified'> {
  readonly passwordHash: string;
  readonly verifiedAt: Date | null;
  readonly deactivatedAt: Date | null;
}

/** The account as its owner sees it: for answers to somebody who has just proved to be that owner. */
export function ownRecord(account: Account): UserRecord {
  return { ...publicPart(account), readableBy: 'bearer' };
}

/** The account as anybody may ask for it. */
export function userRecord(account: Account): UserRecord {
  return { ...publicPart(account), readableBy: 'rules' };
}

/** Field by field, so that the password's hash never leaves with the rest. */
function publicPart(account: Account): Omit<UserRecord, 'readableBy'> {
  const { id, email, name, phone, role, verifiedAt, dateOfBirth, gender, profilePictureUrl, createdAt } = account;
  return {
    id,
    email,
    name,
    phone,
    role,
    isVerified: verifiedAt !== null,
    dateOfBirth,
    gender,
    profilePictureUrl,
    createdAt,
  };
}
