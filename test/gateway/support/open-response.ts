import { once } from 'node:events';
import { request, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';

/** A response whose body is still coming. */
export interface OpenResponse {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  /** What has come so far. */
  readonly text: () => string;
  /** Resolves when the text holds this. */
  readonly until: (part: string | RegExp) => Promise<void>;
  /** Resolves when the body has ended. */
  readonly ended: Promise<unknown>;
  readonly close: () => void;
}

/** Sends a request, by POST when it has a body, and resolves when the head of its response is there. */
export async function openResponse(
  url: string,
  { headers, body }: { readonly headers: Record<string, string>; readonly body?: string },
): Promise<OpenResponse> {
  const sent = request(url, { method: body === undefined ? 'GET' : 'POST', headers, agent: false });
  sent.end(body);
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  let text = '';
  response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  // A body that is cut off has ended too.
  response.on('error', () => undefined);
  const holds = (part: string | RegExp): boolean => (typeof part === 'string' ? text.includes(part) : part.test(text));
  return {
    status: response.statusCode,
    headers: response.headers,
    text: () => text,
    until: async (part) => {
      while (!holds(part)) {
        if (response.destroyed || response.readableEnded) throw new Error(`ended without ${String(part)}: ${text}`);
        await Promise.race([once(response, 'data'), once(response, 'close')]);
      }
    },
    ended: new Promise((resolve) => response.once('close', resolve)),
    close: () => response.destroy(),
  };
}
