import { clientError } from '../shared/client-error.ts';
import type { SlotRecord } from './records.ts';
import type { Period, SlotStore } from './store-slots.ts';

export const DAY_MS = 24 * 60 * 60 * 1000;
const LONGEST_PERIOD_DAYS = 62;
const MOST_SLOTS = 500;
const NEXT_WITHIN_DAYS = 30;
const MOST_NEXT_SLOTS = 20;

export interface Availability {
  /** At most 500 free slots of a doctor that start within the period and not in the past. */
  between(doctorId: string, period: Period): Promise<readonly SlotRecord[]>;
  /** The earliest free slots of each doctor within the next 30 days, by one read for all doctors. */
  next(doctorIds: readonly string[], firstPerDoctor: number): Promise<readonly SlotRecord[]>;
}

/** Answers when doctors are free. */
export function createAvailability(slots: Pick<SlotStore, 'freeSlots'>, now: () => Date): Availability {
  return {
    async between(doctorId, period) {
      const { from, to } = checkedPeriod(period);
      return slots.freeSlots([doctorId], { from: latest(from, now()), to }, MOST_SLOTS);
    },
    async next(doctorIds, firstPerDoctor) {
      const from = now();
      return slots.freeSlots(
        doctorIds,
        { from, to: new Date(from.getTime() + NEXT_WITHIN_DAYS * DAY_MS) },
        firstPerDoctor,
      );
    },
  };
}

/** A period as a client may ask for it. Throws `BAD_USER_INPUT` when it is empty or longer than 62 days. */
export function checkedPeriod(period: Period): Period {
  const { from, to } = period;
  if (from >= to) throw clientError('BAD_USER_INPUT', '"from" must be before "to".');
  if (to.getTime() - from.getTime() > LONGEST_PERIOD_DAYS * DAY_MS) {
    throw clientError('BAD_USER_INPUT', `"to" may be at most ${LONGEST_PERIOD_DAYS} days after "from".`);
  }
  return period;
}

/** How many next slots a client may ask for. Throws `BAD_USER_INPUT` beyond 0 to 20. */
export function checkedCount(first: number): number {
  if (first < 0 || first > MOST_NEXT_SLOTS) {
    throw clientError('BAD_USER_INPUT', `"first" must be from 0 to ${MOST_NEXT_SLOTS}.`);
  }
  return first;
}

function latest(one: Date, other: Date): Date {
  return one > other ? one : other;
}
