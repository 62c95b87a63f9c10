import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { Agent, type Dispatcher } from 'undici';
import { CONNECTION, type Connect, type ConnectionEnd, type ConnectionEvents } from './connect.ts';

/** The gateway's door to subgraphs that send events over HTTP. */
export interface EventStreams {
  readonly connect: Connect;
  readonly close: () => Promise<void>;
}

/**
 * Builds connections by GraphQL over SSE, in its distinct connections mode. A subgraph that sends nothing for `silenceMs`, not even a
 * comment, is taken for dead.
 */
export function createEventStreams({ silenceMs }: { readonly silenceMs: number }): EventStreams {
  const { patienceMs } = CONNECTION;
  const dispatcher = new Agent({
    bodyTimeout: silenceMs,
    headersTimeout: patienceMs,
    connect: { timeout: patienceMs },
  });

  const connect: Connect = async ({ url, payload, headers, signal }, events) => {
    try {
      const { origin, pathname, search } = new URL(url);
      // Not `fetch`: it has headers of its own, and follows redirects. Who asks is for this address alone.
      const response = await dispatcher.request({
        origin,
        path: `${pathname}${search}`,
        method: 'POST',
        headers: { ...headers, accept: 'text/event-stream', 'content-type': 'application/json' },
        body: JSON.stringify(payload),
        signal,
      });
      const unusable = unusableEnd(response);
      if (unusable !== undefined) {
        response.body.destroy();
        return unusable;
      }
      events.onOpen();
      return await read(response, events);
    } catch (cause) {
      return signal.aborted ? { kind: 'complete' } : lost(cause);
    }
  };
  return { connect, close: () => dispatcher.destroy() };
}

function lost(cause: unknown, mayRetry = true): ConnectionEnd {
  return { kind: 'lost', cause, mayRetry };
}

function unusableEnd({ statusCode, headers }: Dispatcher.ResponseData): ConnectionEnd | undefined {
  const type = String(headers['content-type'] ?? 'no content-type');
  if (statusCode === 200 && type.startsWith('text/event-stream')) return undefined;
  const mayRetry = statusCode >= 500 || statusCode === 408 || statusCode === 429;
  return lost(new Error(`answered with ${statusCode} and ${type}`), mayRetry);
}

async function read({ body }: Dispatcher.ResponseData, { onPayload }: ConnectionEvents): Promise<ConnectionEnd> {
  let isComplete = false;
  let failure: Error | undefined;
  const parser = createParser({
    maxBufferSize: CONNECTION.maxEventBytes,
    onEvent({ event, data }: EventSourceMessage) {
      if (event === 'complete') isComplete = true;
      else if (event === 'next' && !isComplete) onPayload(jsonOf(data));
    },
    onError(error) {
      if (error.type === 'max-buffer-size-exceeded') failure = error;
    },
  });
  const decoder = new TextDecoder();
  const ended = (): ConnectionEnd | undefined => (isComplete ? { kind: 'complete' } : failure && lost(failure));
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    parser.feed(decoder.decode(chunk, { stream: true }));
    const end = ended();
    if (end !== undefined) return end;
  }
  return lost(new Error('the stream ended before the subscription did'));
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
