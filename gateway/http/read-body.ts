import type { IncomingMessage } from 'node:http';
import { GatewayError } from '../errors/gateway-error.ts';
import type { Soon } from '../lib/soon.ts';

/**
 * Reads a body as text. Throws `BAD_USER_INPUT`, with status 413 as soon as it is larger than `maxBytes`, with 400 when the client
 * goes away before its end.
 */
export function readBody(request: IncomingMessage, maxBytes: number): Soon<string> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw tooLarge(maxBytes);
  return request.complete ? bodyThere(request, maxBytes) : bodyToCome(request, maxBytes);
}

/** Most bodies are there when their turn comes: what Node.js does for each listener to a stream then has no use. */
function bodyThere(request: IncomingMessage, maxBytes: number): string {
  const body = request.read() as Buffer | null;
  if (body === null) return '';
  if (body.length > maxBytes) throw tooLarge(maxBytes);
  return body.toString();
}

function bodyToCome(request: IncomingMessage, maxBytes: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const read = (chunk: Buffer): void => {
      size += chunk.length;
      chunks.push(chunk);
      if (size <= maxBytes) return;
      // Left open, so that the refusal still finds its way back.
      request.off('data', read).pause();
      reject(tooLarge(maxBytes));
    };
    const breakOff = (cause?: unknown): void => reject(broken(cause));
    request.on('data', read);
    request.once('end', () => {
      request.off('close', breakOff);
      resolve(textOf(chunks));
    });
    request.once('error', breakOff);
    request.once('close', breakOff);
  });
}

function textOf(chunks: readonly Buffer[]): string {
  const [first, ...more] = chunks;
  return first === undefined || more.length > 0 ? Buffer.concat(chunks).toString() : first.toString();
}

function broken(cause: unknown): GatewayError {
  return new GatewayError('BAD_USER_INPUT', 'The body did not arrive whole.', { httpStatus: 400, cause });
}

function tooLarge(maxBytes: number): GatewayError {
  return new GatewayError('BAD_USER_INPUT', `The body is larger than ${maxBytes} bytes.`, { httpStatus: 413 });
}
