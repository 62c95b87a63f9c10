import type { IncomingMessage } from 'node:http';
import { GatewayError } from '../errors/gateway-error.ts';

/**
 * Reads a body as text. Throws `BAD_USER_INPUT`, with status 413 as soon as it is larger than `maxBytes`, with 400 when the client
 * goes away before its end.
 */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<string> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw tooLarge(maxBytes);
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    // Left open at the end, so that the refusal still finds its way back.
    for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > maxBytes) throw tooLarge(maxBytes);
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof GatewayError) throw error;
    throw new GatewayError('BAD_USER_INPUT', 'The body did not arrive whole.', { httpStatus: 400, cause: error });
  }
  return chunks.length === 1 && chunks[0] !== undefined ? chunks[0].toString() : Buffer.concat(chunks).toString();
}

function tooLarge(maxBytes: number): GatewayError {
  return new GatewayError('BAD_USER_INPUT', `The body is larger than ${maxBytes} bytes.`, { httpStatus: 413 });
}
