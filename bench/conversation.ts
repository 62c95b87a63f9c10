import { connect } from 'node:net';
import { createReadHead } from '../gateway/execute/exchange/known-heads.ts';
import { ResponseReader, type HttpResponse } from '../gateway/execute/exchange/response-reader.ts';

/** What one connection of the load says, and hears. */
export interface Conversation {
  readonly url: URL;
  readonly timeoutMs: number;
  /** The next request, whole, in ASCII; undefined ends it. */
  readonly next: () => string | undefined;
  /** Is told of each response, and how long it took; what it throws ends the conversation. */
  readonly onResponse: (response: HttpResponse, ms: number) => void;
}

const MOST_BYTES = 1_000_000_000;
/** Where all connections read to, one after the other: it takes no memory for each response. */
const READ_INTO = Buffer.allocUnsafeSlow(1_048_576);

/**
 * Sends requests over one connection, each when the one before is answered, at a fraction of the time that a client of HTTP takes: the load
 * shares a processor with the subgraphs, and its memory with the gateway. Rejects when there is no answer in time, or none that is HTTP.
 */
export function converse({ url, timeoutMs, next, onResponse }: Conversation): Promise<void> {
  return new Promise((resolve, reject) => {
    const reader = new ResponseReader(MOST_BYTES, createReadHead());
    let sentMs = 0;

    function send(): void {
      const request = next();
      if (request === undefined) {
        socket.destroy();
        return;
      }
      sentMs = performance.now();
      socket.write(request, 'latin1');
    }

    function receive(length: number): boolean {
      try {
        const response = reader.read(READ_INTO.subarray(0, length));
        if (response === undefined) return true;
        onResponse(response, performance.now() - sentMs);
        if (!response.persists) throw new Error('a response ended its connection');
        send();
      } catch (error) {
        socket.destroy(error instanceof Error ? error : new Error(String(error)));
      }
      return true;
    }

    const onread = { buffer: READ_INTO, callback: receive };
    const socket = connect({ host: url.hostname, port: Number(url.port), noDelay: true, timeout: timeoutMs, onread })
      .once('connect', send)
      .once('end', () => socket.destroy(new Error('a connection was ended')))
      .once('timeout', () => socket.destroy(new Error(`no answer came in ${timeoutMs / 1000} s`)))
      .once('error', reject)
      .once('close', () => resolve());
  });
}
