/** Why a request to a subgraph gave no answer that can be used. */
export interface FetchFailure {
  readonly kind: 'unavailable' | 'timeout' | 'invalid' | 'cancelled';
  /** Nothing was sent: another instance may be asked, for mutations too. */
  readonly isUnsent: boolean;
  /** The connection ended before an answer: what was sent may have been acted on. */
  readonly isDropped: boolean;
  readonly cause: unknown;
}

const UNSENT: ReadonlySet<unknown> = new Set([
  ...['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT'],
]);
const TIMEOUTS: ReadonlySet<unknown> = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT']);
const INVALID = /^(UND_ERR_RES_EXCEEDED_MAX_SIZE|UND_ERR_RESPONSE|HPE_.*)$/;

/** Sorts what undici threw; `ended` says who of us ended the request, where one did. */
export function failureOf(error: unknown, ended: 'by-timeout' | 'by-client' | undefined): FetchFailure {
  const code = error instanceof Object && 'code' in error ? error.code : undefined;
  const failure = { isUnsent: false, isDropped: false, cause: error };
  if (ended === 'by-client') return { ...failure, kind: 'cancelled' };
  if (ended === 'by-timeout' || TIMEOUTS.has(code)) return { ...failure, kind: 'timeout' };
  if (typeof code === 'string' && INVALID.test(code)) return { ...failure, kind: 'invalid' };
  const isUnsent = UNSENT.has(code);
  return { ...failure, kind: 'unavailable', isUnsent, isDropped: !isUnsent };
}
