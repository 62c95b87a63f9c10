import type { AppointmentStatus } from './records.ts';

/** As what a person has to do with an appointment. */
export type Capacity = 'PATIENT' | 'DOCTOR' | 'ASSISTANT' | 'NURSE';

/** What leads to another status. */
export type StatusAction = 'confirm' | 'reject' | 'cancel' | 'checkIn' | 'start' | 'complete' | 'markNoShow';
export type Action = StatusAction | 'reschedule';

interface Step {
  readonly from: readonly AppointmentStatus[];
  readonly by: readonly Capacity[];
  /** What was done, as in "cannot be confirmed". */
  readonly done: string;
}

interface Transition extends Step {
  readonly to: AppointmentStatus;
}

/** The life of an appointment: what can be done with it, in which status, by whom. What is not listed cannot be done. */
export const TRANSITIONS: Readonly<Record<StatusAction, Transition>> & { readonly reschedule: Step } = {
  confirm: { from: ['REQUESTED'], to: 'CONFIRMED', by: ['DOCTOR', 'ASSISTANT'], done: 'confirmed' },
  reject: { from: ['REQUESTED'], to: 'REJECTED', by: ['DOCTOR', 'ASSISTANT'], done: 'rejected' },
  reschedule: { from: ['REQUESTED', 'CONFIRMED'], by: ['PATIENT', 'DOCTOR', 'ASSISTANT'], done: 'rescheduled' },
  cancel: {
    from: ['REQUESTED', 'CONFIRMED', 'CHECKED_IN'],
    to: 'CANCELLED',
    by: ['PATIENT', 'DOCTOR', 'ASSISTANT'],
    done: 'cancelled',
  },
  checkIn: { from: ['CONFIRMED'], to: 'CHECKED_IN', by: ['DOCTOR', 'ASSISTANT', 'NURSE'], done: 'checked in' },
  start: { from: ['CONFIRMED', 'CHECKED_IN'], to: 'IN_PROGRESS', by: ['DOCTOR'], done: 'started' },
  complete: { from: ['CONFIRMED', 'CHECKED_IN', 'IN_PROGRESS'], to: 'COMPLETED', by: ['DOCTOR'], done: 'completed' },
  markNoShow: {
    from: ['CONFIRMED', 'CHECKED_IN'],
    to: 'NO_SHOW',
    by: ['DOCTOR', 'ASSISTANT', 'NURSE'],
    done: 'marked as a no-show',
  },
};

/** Whether any of the capacities in which a person has to do with an appointment allows the action. */
export function mayDo(action: Action, capacities: ReadonlySet<Capacity>): boolean {
  return TRANSITIONS[action].by.some((capacity) => capacities.has(capacity));
}

/** Why the action cannot be done with the appointment as it stands, and what can; `undefined` when it can be done. */
export function objection(
  action: Action,
  { status, startsAt }: { readonly status: AppointmentStatus; readonly startsAt: Date },
  now: Date,
): string | undefined {
  const { from, done } = TRANSITIONS[action];
  if (!from.includes(status)) {
    return `The appointment is ${status}: only one that is ${from.join(' or ')} can be ${done}. ${possibleIn(status)}`;
  }
  if (action === 'markNoShow' && now < startsAt) {
    return `The appointment is ${status} and starts at ${startsAt.toISOString()}: it can be marked as a no-show only then.`;
  }
  return undefined;
}

function possibleIn(status: AppointmentStatus): string {
  const possible = Object.values<Step>(TRANSITIONS).filter(({ from }) => from.includes(status));
  return possible.length === 0
    ? 'It can no longer change.'
    : `It can now be ${possible.map(({ done }) => done).join(', ')}.`;
}
