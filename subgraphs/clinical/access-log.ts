import { connection, type PageArguments } from '../shared/connection.ts';
import { latestFirstRequest, placeKeys } from '../shared/latest-first.ts';
import type { AuditEventConnectionRecord } from './records.ts';
import type { AccessStore } from './store-access.ts';

/** Reads a page of the accesses to a patient's record, latest first. Throws `BAD_USER_INPUT` for bad page arguments. */
export type ReadAccessLog = (patientId: string, args: PageArguments) => Promise<AuditEventConnectionRecord>;

export function createAccessLogReader(store: Pick<AccessStore, 'accessLog' | 'countAccesses'>): ReadAccessLog {
  return async (patientId, args) => {
    const request = latestFirstRequest(args);
    const [rows, total] = await Promise.all([store.accessLog(patientId, request), store.countAccesses(patientId)]);
    return connection(rows, request.page, total, placeKeys);
  };
}
