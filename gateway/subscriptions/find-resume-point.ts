import { GatewayError } from '../errors/gateway-error.ts';
import { readCursor } from './event-cursor.ts';
import type { EventWindow } from './event-window.ts';

/** Where a subscription goes on: after a place in the log, or from now on with the notice that events may be missing. */
export type ResumePoint = bigint | 'gap';

/** A gateway that another one is ahead of has the events a moment later. */
const PATIENCE_MS = 5_000;

/**
 * Finds where a client left off, by the last event that it names; undefined when it names none. Throws `BAD_USER_INPUT` when that is not
 * a string; a string that no gateway wrote makes a gap.
 */
export async function findResumePoint(
  lastEventId: unknown,
  window: Pick<EventWindow, 'find' | 'reached'>,
): Promise<ResumePoint | undefined> {
  if (lastEventId === undefined || lastEventId === null) return undefined;
  if (typeof lastEventId !== 'string') throw new GatewayError('BAD_USER_INPUT', 'lastEventId: not a string.');
  if (window.find(lastEventId) === 'ahead')
    await window.reached(readCursor(lastEventId)?.position ?? 0n, AbortSignal.timeout(PATIENCE_MS));
  const found = window.find(lastEventId);
  return found === 'ahead' ? 'gap' : found;
}
