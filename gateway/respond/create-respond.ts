import type { WrittenResult } from '../context.ts';
import type { Refusal } from '../errors/present-errors.ts';
import { negotiate, type MediaType } from './negotiate.ts';
import { statusOf } from './status-of.ts';
import { membersOf } from './written-members.ts';

/** An answer, ready to be written to a socket. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** What becomes of a request: the result of an operation that ran, or the refusal of one that did not. */
export type Outcome =
  { readonly kind: 'ran'; readonly result: WrittenResult } | { readonly kind: 'refused'; readonly refusal: Refusal };

/** Writes outcomes down in the media type that the client's `accept` field asks for. */
export function respond(outcome: Outcome, accept: string | undefined): HttpAnswer {
  return written(outcome, negotiate(accept) ?? 'application/json');
}

/** As `respond`, for clients that may ask for something else than JSON alone; undefined when they do. */
export function respondInJson(outcome: Outcome, accept: string | undefined): HttpAnswer | undefined {
  const mediaType = negotiate(accept);
  return mediaType && written(outcome, mediaType);
}

function written(outcome: Outcome, mediaType: MediaType): HttpAnswer {
  const headers = { 'content-type': `${mediaType}; charset=utf-8` };
  if (outcome.kind === 'ran') return { status: 200, headers, body: bodyOf(outcome.result) };
  const { refusal } = outcome;
  const status = statusOf(refusal, mediaType);
  return {
    status,
    headers: {
      ...headers,
      ...(status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
      ...(status === 405 ? { allow: 'POST' } : {}),
      ...(refusal.retryAfterS === undefined ? {} : { 'retry-after': String(refusal.retryAfterS) }),
    },
    body: JSON.stringify({ errors: refusal.errors }),
  };
}

/** Node puts a text behind the head and copies both: a longer one is better given as bytes. */
const LONG_TEXT = 4_096;

function bodyOf(result: WrittenResult): string | Buffer {
  if (result.bytes !== undefined) return result.bytes;
  const text = `{${membersOf(result)}}`;
  return text.length < LONG_TEXT ? text : (result.bytes = bytesOf(text));
}

const encoder = new TextEncoder();

/** Most texts are ASCII alone: as many bytes as characters, which need not be counted first. */
function bytesOf(text: string): Buffer {
  const bytes = Buffer.allocUnsafeSlow(text.length);
  const { read } = encoder.encodeInto(text, bytes);
  return read === text.length ? bytes : Buffer.from(text);
}
