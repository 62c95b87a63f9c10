import { ExchangeFailure, type ExchangeEnd } from './exchange/exchange-failure.ts';

/** Why a request to a subgraph gave no answer that can be used. */
export interface FetchFailure {
  readonly kind: 'unavailable' | 'timeout' | 'invalid' | 'cancelled';
  /** Nothing was sent: another instance may be asked, for mutations too. */
  readonly isUnsent: boolean;
  /** The connection ended before an answer: what was sent may have been acted on. */
  readonly isDropped: boolean;
  readonly cause: unknown;
}

const KINDS: Readonly<Record<ExchangeEnd, FetchFailure['kind']>> = {
  unsent: 'unavailable',
  dropped: 'unavailable',
  invalid: 'invalid',
  timeout: 'timeout',
  cancelled: 'cancelled',
};

/** Sorts why an exchange failed; what is no `ExchangeFailure` is a bug, and thrown on. */
export function failureOf(error: unknown): FetchFailure {
  if (!(error instanceof ExchangeFailure)) throw error;
  const { end } = error;
  return { kind: KINDS[end], isUnsent: end === 'unsent', isDropped: end === 'dropped', cause: error };
}
