import type { GraphQLError } from 'graphql';
import type { OperationResult } from '../context.ts';

/** How answers that come one after the other are written into the body of one HTTP response. Each text is written whole. */
export interface StreamFormat {
  readonly contentType: string;
  /** Begins the body. */
  readonly start: string;
  /** Shows both sides that the connection is alive, and nothing to the client's code. */
  readonly heartbeat: string;
  readonly next: (result: OperationResult) => string;
  /** Ends the body with the errors for which the operation was refused, or does not go on. */
  readonly refused: (errors: readonly GraphQLError[]) => string;
  /** Ends the body of an operation that a new connection can go on with, after a pause in milliseconds. */
  readonly interrupted: (errors: readonly GraphQLError[], retryMs: number) => string;
  /** Ends the body of an operation that is done. */
  readonly complete: string;
}
