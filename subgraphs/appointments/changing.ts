import { clientError } from '../shared/client-error.ts';
import type { Caller } from './caller.ts';
import { checkedText, MAX_REASON } from './checked-text.ts';
import type { AppointmentRecord } from './records.ts';
import { mayDo, objection, TRANSITIONS, type Action, type Capacity, type StatusAction } from './status-transitions.ts';
import type { AppointmentStore } from './store-appointments.ts';
import type { ChangeStore } from './store-changes.ts';

export interface ChangingParts {
  readonly changes: Pick<ChangeStore, 'move'>;
  readonly appointments: Pick<AppointmentStore, 'byIds'>;
  readonly now: () => Date;
  readonly newId: () => string;
}

export interface ChangeRequest {
  readonly id: string;
  readonly reason?: string | null | undefined;
}

export type ChangeStatus = (caller: Caller, action: StatusAction, request: ChangeRequest) => Promise<AppointmentRecord>;

/**
 * Moves an appointment to another status. Throws `NOT_FOUND` when the caller has nothing to do with it, `FORBIDDEN` when not in
 * the right capacity, `CONFLICT` when its status does not allow it or changed in the meantime.
 */
export function createChangeStatus(parts: ChangingParts): ChangeStatus {
  return async (caller, action, { id, reason }) => {
    const checkedReason = checkedText('reason', reason, MAX_REASON);
    const { appointment } = await appointmentFor(parts, { caller, action, id });
    const written = await parts.changes.move(
      appointment,
      { status: TRANSITIONS[action].to },
      {
        eventId: parts.newId(),
        previousStatus: appointment.status,
        occurredAt: parts.now(),
        changedBy: caller.userId(),
        reason: checkedReason,
      },
    );
    if (written.outcome === 'written') return written.appointment;
    throw await changedMeanwhile(parts, { action, id });
  };
}

/** The appointment, when the caller may do this with it now, and the capacities in which they may. */
export async function appointmentFor(
  parts: Pick<ChangingParts, 'appointments' | 'now'>,
  { caller, action, id }: { readonly caller: Caller; readonly action: Action; readonly id: string },
): Promise<{ readonly appointment: AppointmentRecord; readonly capacities: ReadonlySet<Capacity> }> {
  const [appointment] = await parts.appointments.byIds([id]);
  const capacities = appointment === undefined ? new Set<Capacity>() : await caller.capacitiesIn(appointment);
  if (appointment === undefined || capacities.size === 0)
    throw clientError('NOT_FOUND', 'There is no such appointment.');
  if (!mayDo(action, capacities)) {
    const { by, done } = TRANSITIONS[action];
    throw clientError('FORBIDDEN', `An appointment can be ${done} only by its ${by.join(' or ')}.`);
  }
  const refusal = objection(action, appointment, parts.now());
  if (refusal !== undefined) throw clientError('CONFLICT', refusal);
  return { appointment, capacities };
}

/** The error for the loser of two changes at once: it says where the appointment stands now. */
export async function changedMeanwhile(
  { appointments, now }: Pick<ChangingParts, 'appointments' | 'now'>,
  { action, id }: { readonly action: Action; readonly id: string },
) {
  const [current] = await appointments.byIds([id]);
  const refusal = current === undefined ? undefined : objection(action, current, now());
  return clientError('CONFLICT', refusal ?? 'The appointment was changed in the meantime: read it again, then decide.');
}
