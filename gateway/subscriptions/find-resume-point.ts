import type { OperationParams } from '../context.ts';
import { GatewayError } from '../errors/gateway-error.ts';
import { readCursor } from './event-cursor.ts';
import type { EventWindow } from './event-window.ts';

/** Where a subscription goes on: after a place in the log, or from now on with the notice that events may be missing. */
export type ResumePoint = bigint | 'gap';

/** A gateway that another one is ahead of has the events a moment later. */
const PATIENCE_MS = 5_000;

/**
 * Finds where a client left off, by `extensions.lastEventId` of its request; undefined when it does not say. Throws `BAD_USER_INPUT`
 * when that is not a string; a string that no gateway wrote makes a gap.
 */
export async function findResumePoint(
  { extensions }: OperationParams,
  window: Pick<EventWindow, 'find' | 'reached'>,
): Promise<ResumePoint | undefined> {
  const cursor = extensions?.['lastEventId'] ?? undefined;
  if (cursor === undefined) return undefined;
  if (typeof cursor !== 'string') throw new GatewayError('BAD_USER_INPUT', 'extensions.lastEventId: not a string.');
  if (window.find(cursor) === 'ahead')
    await window.reached(readCursor(cursor)?.position ?? 0n, AbortSignal.timeout(PATIENCE_MS));
  const found = window.find(cursor);
  return found === 'ahead' ? 'gap' : found;
}
