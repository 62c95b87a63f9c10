import type { ErrorCode } from '../../wire/names.ts';

/** What a client reads instead of the message of a fault that is not theirs; `undefined` for codes whose messages are shown. */
export function generalSentence(code: ErrorCode): string | undefined {
  return SENTENCES.get(code);
}

const SENTENCES: ReadonlyMap<ErrorCode, string> = new Map<ErrorCode, string>([
  ['INTERNAL_SERVER_ERROR', 'Something went wrong on our side.'],
  ['SUBGRAPH_UNAVAILABLE', 'A part of the platform cannot be reached at the moment.'],
  ['SUBGRAPH_TIMEOUT', 'A part of the platform did not answer in time.'],
  ['SUBGRAPH_INVALID_RESPONSE', 'A part of the platform gave an answer that cannot be used.'],
]);
