import { describe, expect, it } from '@jest/globals';
import type { AppointmentStatus } from './records.ts';
import { mayDo, objection, TRANSITIONS, type Action, type Capacity } from './status-transitions.ts';

const STATUSES: AppointmentStatus[] = [
  'REQUESTED',
  'CONFIRMED',
  'REJECTED',
  'CANCELLED',
  'CHECKED_IN',
  'IN_PROGRESS',
  'COMPLETED',
  'NO_SHOW',
];
const STARTS_AT = new Date('2030-03-04T07:00:00Z');
const AFTERWARDS = new Date('2030-03-04T07:00:01Z');

describe('the life of an appointment', () => {
  it.each<[Action, AppointmentStatus[]]>([
    ['confirm', ['REQUESTED']],
    ['reject', ['REQUESTED']],
    ['cancel', ['REQUESTED', 'CONFIRMED', 'CHECKED_IN']],
    ['reschedule', ['REQUESTED', 'CONFIRMED']],
    ['checkIn', ['CONFIRMED']],
    ['start', ['CONFIRMED', 'CHECKED_IN']],
    ['complete', ['CONFIRMED', 'CHECKED_IN', 'IN_PROGRESS']],
    ['markNoShow', ['CONFIRMED', 'CHECKED_IN']],
  ])('lets %s happen in %j and in no other status', (action, allowed) => {
    const possible = STATUSES.filter(
      (status) => objection(action, { status, startsAt: STARTS_AT }, AFTERWARDS) === undefined,
    );

    expect(possible).toEqual(STATUSES.filter((status) => allowed.includes(status)));
  });

  it('knows an action for every status that is not an end', () => {
    const left = STATUSES.filter((status) => Object.values(TRANSITIONS).some(({ from }) => from.includes(status)));

    expect(left).toEqual(['REQUESTED', 'CONFIRMED', 'CHECKED_IN', 'IN_PROGRESS']);
  });

  it('says the present status and what is possible', () => {
    expect(objection('reject', { status: 'CONFIRMED', startsAt: STARTS_AT }, AFTERWARDS)).toBe(
      'The appointment is CONFIRMED: only one that is REQUESTED can be rejected. ' +
        'It can now be rescheduled, cancelled, checked in, started, completed, marked as a no-show.',
    );
    expect(objection('cancel', { status: 'COMPLETED', startsAt: STARTS_AT }, AFTERWARDS)).toContain(
      'It can no longer change.',
    );
  });

  it('calls nobody a no-show before the appointment starts', () => {
    const appointment = { status: 'CONFIRMED', startsAt: STARTS_AT } as const;

    expect(objection('markNoShow', appointment, new Date('2030-03-04T06:59:59Z'))).toContain(
      '2030-03-04T07:00:00.000Z',
    );
    expect(objection('markNoShow', appointment, STARTS_AT)).toBeUndefined();
  });

  it.each<[Capacity, Action[]]>([
    ['PATIENT', ['reschedule', 'cancel']],
    ['NURSE', ['checkIn', 'markNoShow']],
    ['ASSISTANT', ['confirm', 'reject', 'reschedule', 'cancel', 'checkIn', 'markNoShow']],
    ['DOCTOR', ['confirm', 'reject', 'reschedule', 'cancel', 'checkIn', 'start', 'complete', 'markNoShow']],
  ])('lets the %s do %j and nothing else', (capacity, actions) => {
    const possible = (Object.keys(TRANSITIONS) as Action[]).filter((action) => mayDo(action, new Set([capacity])));

    expect(possible).toEqual(actions);
  });
});
