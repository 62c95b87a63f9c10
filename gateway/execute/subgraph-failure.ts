/** Why a request to a subgraph gave no answer that can be used. */
export interface FetchFailure {
  readonly kind: 'unavailable' | 'timeout' | 'invalid';
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

/** Sorts what undici threw; `isTimeout` when our own clock ended the request. */
export function failureOf(error: unknown, { isTimeout }: { readonly isTimeout: boolean }): FetchFailure {
  const code = error instanceof Object && 'code' in error ? error.code : undefined;
  if (isTimeout || TIMEOUTS.has(code)) return { kind: 'timeout', isUnsent: false, isDropped: false, cause: error };
  if (typeof code === 'string' && INVALID.test(code))
    return { kind: 'invalid', isUnsent: false, isDropped: false, cause: error };
  const isUnsent = UNSENT.has(code);
  return { kind: 'unavailable', isUnsent, isDropped: !isUnsent, cause: error };
}
