import type { ReferralRecord } from './records.ts';
import type { Database } from './store.ts';

export interface ReferralStore {
  byIds(ids: readonly string[]): Promise<readonly ReferralRecord[]>;
}

/** Reads referrals. Who may see them is decided by the caller. */
export function createReferralStore(database: Database): ReferralStore {
  return { byIds: (ids) => database.referral.findMany({ where: { id: { in: [...ids] } } }) };
}
