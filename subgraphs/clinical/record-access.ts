import DataLoader from 'dataloader';
import type { Identity } from '../../wire/identity.ts';
import { auditEntry, NO_GROUNDS, type Actor } from './audit.ts';
import { groundsFor, readsAsDoctor, type Grounds } from './grounds.ts';
import type { AccessStore, AuditEntry } from './store-access.ts';

/** What one request may read; each answer is in the audit trail before it is given. */
export interface RecordAccess {
  /**
   * Why the caller may read a patient's record, `undefined` when they may not. One line in the audit trail per request and
   * patient, however many fields ask. Rejects when the line cannot be written.
   */
  toRead(patientId: string): Promise<Grounds | undefined>;
  /** Whether the caller may read who read a patient's record. */
  toReadLog(patientId: string): Promise<boolean>;
  /** Notes that the caller asked for something of a patient that is not theirs to see. */
  refuse(patientId: string): Promise<void>;
}

export interface RecordAccessOptions {
  readonly identity: Identity;
  readonly requestId: string;
  readonly store: Pick<AccessStore, 'relations' | 'recordAccess'>;
  readonly now: () => Date;
}

/** No patient has a longer id, so nobody's record is asked for and there is nothing to note. */
const MAX_ID_LENGTH = 64;

/** Decides for one request, with two statements for any number of patients that are asked for at once. */
export function createRecordAccess({ identity, requestId, store, now }: RecordAccessOptions): RecordAccess {
  if (identity.kind === 'anonymous') return NOTHING;
  const actor: Actor = { subject: identity.subject, requestId };
  const note = (lines: readonly ReadLine[]): Promise<void> =>
    store.recordAccess(lines.map((line) => auditEntry(actor, { ...line, action: 'READ' }, now())));

  const grounds = new DataLoader<string, Grounds | undefined>(async (patientIds) => {
    const relations = readsAsDoctor(identity) ? await store.relations(identity.subject, patientIds, now()) : [];
    const found = patientIds.map((patientId) =>
      groundsFor(
        identity,
        patientId,
        relations.filter((relation) => relation.patientId === patientId),
      ),
    );
    await note(patientIds.map((patientId, index) => readLine(patientId, found[index])));
    return found;
  });

  return {
    toRead: async (patientId) => (patientId.length > MAX_ID_LENGTH ? undefined : grounds.load(patientId)),
    async toReadLog(patientId) {
      if (identity.roles.includes('PATIENT') && identity.subject === patientId) return true;
      if (patientId.length > MAX_ID_LENGTH) return false;
      const isAdministrator = identity.kind === 'user' && identity.roles.includes('ADMIN');
      await note([readLine(patientId, isAdministrator ? 'Administrator' : undefined)]);
      return isAdministrator;
    },
    refuse: (patientId) => note([readLine(patientId, undefined)]),
  };
}

const NOTHING: RecordAccess = {
  toRead: async () => undefined,
  toReadLog: async () => false,
  refuse: async () => undefined,
};

type ReadLine = Pick<AuditEntry, 'patientId' | 'outcome' | 'reason'>;

function readLine(patientId: string, grounds: Grounds | 'Administrator' | undefined): ReadLine {
  return { patientId, outcome: grounds === undefined ? 'DENIED' : 'SUCCESS', reason: grounds ?? NO_GROUNDS };
}
