import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { GraphQLError } from 'graphql';
import type { TakeParts } from '../deferral.ts';
import type { IncrementalFormat } from '../respond/incremental-format.ts';

/** A response that may come in pieces. */
export interface PartedResponse {
  readonly parts: TakeParts;
  /** Whether the first piece is on its way: then there is no other answer any more. */
  readonly isBegun: () => boolean;
  /** Ends it; with errors where the rest does not follow. */
  readonly end: (errors?: readonly GraphQLError[]) => void;
}

/** What takes the pieces of an answer, for clients whose `accept` field allows them. */
export type OpenParts = (response: ServerResponse, accept: string | undefined) => PartedResponse | undefined;

/** Prepares to answer in pieces: writes nothing until the first one comes. A client that takes nothing for `stalledMs` is cut off. */
export function openParts(response: ServerResponse, format: IncrementalFormat, stalledMs: number): PartedResponse {
  async function write(text: string): Promise<void> {
    if (response.destroyed || response.write(text)) return;
    const taken = new AbortController();
    const { signal } = taken;
    const stall = wait(stalledMs, undefined, { signal, ref: false }).then(
      () => response.destroy(),
      () => undefined,
    );
    // A connection that breaks is a client that has gone.
    await Promise.race([once(response, 'drain', { signal }), once(response, 'close', { signal })]).catch(
      () => undefined,
    );
    taken.abort();
    await stall;
  }

  return {
    isBegun: () => response.headersSent,
    parts: {
      first: (result) => {
        // As soon as possible to the client: no proxy may collect, and no algorithm wait for more.
        response.writeHead(200, { 'content-type': format.contentType, 'x-accel-buffering': 'no' });
        response.socket?.setNoDelay(true);
        return write(format.start + format.first(result));
      },
      next: (increments, hasNext) => write(format.next(increments, hasNext)),
    },
    end: (errors) => {
      if (!response.destroyed) response.end((errors === undefined ? '' : format.failed(errors)) + format.end);
    },
  };
}
