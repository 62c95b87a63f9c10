import type { Identity } from '../../wire/identity.ts';
import { signedIn } from '../shared/context.ts';
import type { Capacity } from './status-transitions.ts';

/** The calendars that a person may see, by the doctor's id, and what the person is to each. */
export type Calendars = ReadonlyMap<string, ReadonlySet<Exclude<Capacity, 'PATIENT'>>>;

export interface StaffAssignment {
  readonly doctorId: string;
  readonly role: 'ASSISTANT' | 'NURSE';
}

/** Who asks, and what they have to do with which calendar. */
export interface Caller {
  readonly identity: Identity;
  /** Throws `UNAUTHENTICATED` or `FORBIDDEN` when the caller is not a person. */
  userId(): string;
  /** Read once per request, and only when needed. */
  calendars(): Promise<Calendars>;
  /** In which capacities the caller has to do with an appointment; none means that it may not be seen. */
  capacitiesIn(appointment: { readonly patientId: string; readonly doctorId: string }): Promise<ReadonlySet<Capacity>>;
}

/** Makes the caller of one request. A role counts only while the identity holds it: an assignment alone opens nothing. */
export function createCaller(
  identity: Identity,
  assignmentsOf: (userId: string) => Promise<readonly StaffAssignment[]>,
): Caller {
  let calendars: Promise<Calendars> | undefined;
  const caller: Caller = {
    identity,
    userId: () => signedIn(identity).subject,
    calendars: () => (calendars ??= calendarsOf(identity, assignmentsOf)),
    async capacitiesIn({ patientId, doctorId }) {
      if (identity.kind !== 'user') return new Set();
      const capacities = new Set<Capacity>((await caller.calendars()).get(doctorId));
      if (patientId === identity.subject) capacities.add('PATIENT');
      return capacities;
    },
  };
  return caller;
}

async function calendarsOf(
  identity: Identity,
  assignmentsOf: (userId: string) => Promise<readonly StaffAssignment[]>,
): Promise<Calendars> {
  const calendars = new Map<string, Set<Exclude<Capacity, 'PATIENT'>>>();
  if (identity.kind !== 'user') return calendars;
  const { subject, roles } = identity;
  if (roles.includes('DOCTOR')) calendars.set(subject, new Set(['DOCTOR']));
  if (!roles.includes('ASSISTANT') && !roles.includes('NURSE')) return calendars;
  for (const { doctorId, role } of await assignmentsOf(subject)) {
    if (!roles.includes(role)) continue;
    calendars.set(doctorId, (calendars.get(doctorId) ?? new Set()).add(role));
  }
  return calendars;
}
