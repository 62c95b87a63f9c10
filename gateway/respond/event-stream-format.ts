import type { OperationResult } from '../context.ts';
import { inOrder } from './in-order.ts';
import type { StreamFormat } from './stream-format.ts';

const COMPLETE = 'event: complete\ndata:\n\n';

/**
 * Server-sent events as GraphQL over SSE has them, in its distinct connections mode. An event's id goes out as `id:`, so that
 * `EventSource` sends it back in `Last-Event-ID`; a stream that is to be opened again ends without `complete`, and says when.
 */
export const EVENT_STREAM: StreamFormat = {
  contentType: 'text/event-stream; charset=utf-8',
  start: ':\n\n',
  heartbeat: ':\n\n',
  next,
  refused: (errors) => next({ errors }) + COMPLETE,
  interrupted: (_errors, retryMs) => `retry: ${retryMs}\n\n`,
  complete: COMPLETE,
};

function next(result: OperationResult): string {
  const eventId = result.extensions?.['eventId'];
  const id = isSafe(eventId) ? `id: ${eventId}\n` : '';
  return `event: next\n${id}data: ${JSON.stringify(inOrder(result))}\n\n`;
}

/** A line break would begin another field; a browser passes over an id that holds a NUL. */
function isSafe(eventId: unknown): eventId is string {
  return typeof eventId === 'string' && /^[\x20-\x7e]+$/.test(eventId);
}
