import { randomUUID } from 'node:crypto';
import type { AuditEntry } from './store-access.ts';

/** Who acts, and in which request. */
export interface Actor {
  readonly subject: string;
  readonly requestId: string;
}

/** What stands in the audit trail where nobody had a reason to let the caller in. */
export const NO_GROUNDS = 'No grounds';

/** Request ids come from outside. */
const MAX_REQUEST_ID = 128;

/**
 * A line for the audit trail. Its id is its own, never derived from the request id: whoever chooses that could otherwise hide
 * one access behind another.
 */
export function auditEntry(
  { subject, requestId }: Actor,
  access: Pick<AuditEntry, 'patientId' | 'action' | 'outcome' | 'reason' | 'entity'>,
  at: Date,
): AuditEntry {
  return {
    ...access,
    id: randomUUID(),
    occurredAt: at,
    actorId: subject,
    requestId: requestId.slice(0, MAX_REQUEST_ID),
  };
}
