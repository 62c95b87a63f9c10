import type { Identity } from '../../wire/identity.ts';
import { userRecord, type Account } from './account.ts';
import type { Context } from './context.ts';
import type { PatientRecord, UserRecord } from './records.ts';

/** The roles whose holders can look after patients. */
const CARERS = new Set(['DOCTOR', 'ASSISTANT', 'NURSE']);

type Asker = Pick<Context, 'identity' | 'looksAfter' | 'accountById'>;

/** Whether the caller may read everything of a user's account: the owner and administrators. */
export function mayReadAccount(user: Pick<UserRecord, 'id' | 'readableBy'>, { identity }: Asker): boolean {
  return user.readableBy === 'bearer' || isSelf(identity, user.id) || isAdministrator(identity);
}

/** Whether the caller may read name and role: everyone of a doctor, the signed-in of staff, those who look after them of a patient. */
export async function mayReadName(
  user: Pick<UserRecord, 'id' | 'role' | 'readableBy'>,
  asker: Asker,
): Promise<boolean> {
  if (user.role === 'DOCTOR' || mayReadAccount(user, asker)) return true;
  return user.role === 'PATIENT' ? looksAfter(user.id, asker) : asker.identity.kind === 'user';
}

/** Whether the caller may see a patient's picture, or a doctor's, as everyone may. */
export async function mayReadPicture(
  user: Pick<UserRecord, 'id' | 'role' | 'readableBy'>,
  asker: Asker,
): Promise<boolean> {
  return user.role === 'DOCTOR' || mayReadAccount(user, asker);
}

/** Whether the caller may read a patient's demographics. */
export async function mayReadPatient(patientId: string, asker: Asker): Promise<boolean> {
  return isSelf(asker.identity, patientId) || isAdministrator(asker.identity) || looksAfter(patientId, asker);
}

/**
 * The user of an id, or null. An account that is not verified does not exist for others: otherwise its id, which registering
 * answers, would tell whether the address was known.
 */
export async function findUser(id: string | undefined, asker: Asker): Promise<UserRecord | null> {
  if (id === undefined) return null;
  const account = await asker.accountById.load(id);
  if (account === null) return null;
  const isThere = account.verifiedAt !== null || isSelf(asker.identity, id) || isAdministrator(asker.identity);
  return isThere ? userRecord(account) : null;
}

/** The patient of an id for those who may read them; null for all others, whether or not there is such a patient. */
export async function findPatient(id: string | undefined, asker: Asker): Promise<PatientRecord | null> {
  if (id === undefined) return null;
  const [account, isAllowed] = await Promise.all([asker.accountById.load(id), mayReadPatient(id, asker)]);
  return isAllowed && account !== null ? patientRecord(account) : null;
}

function patientRecord({ id, name, role, verifiedAt, dateOfBirth, gender, phone }: Account): PatientRecord | null {
  return role === 'PATIENT' && verifiedAt !== null ? { id, name, dateOfBirth, gender, phone } : null;
}

async function looksAfter(patientId: string, { identity, looksAfter: loader }: Asker): Promise<boolean> {
  if (identity.kind !== 'user' || !identity.roles.some((role) => CARERS.has(role))) return false;
  return loader.load(patientId);
}

function isSelf(identity: Identity, id: string): boolean {
  return identity.kind === 'user' && identity.subject === id;
}

function isAdministrator(identity: Identity): boolean {
  return identity.kind === 'user' && identity.roles.includes('ADMIN');
}
