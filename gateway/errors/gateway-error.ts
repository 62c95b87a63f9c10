import type { GraphQLError } from 'graphql';
import type { ErrorCode } from '../../wire/names.ts';

interface GatewayErrorOptions {
  readonly fault?: 'client' | 'internal';
  readonly cause?: unknown;
  /** Where HTTP has a status that says more than the code's own does, as 405 for a mutation by GET. */
  readonly httpStatus?: number;
  /** After how many seconds the same may go well. */
  readonly retryAfterS?: number;
}

/**
 * A failure that the gateway foresaw. `fault: 'client'` messages are shown to the client; `fault: 'internal'` messages are only
 * logged, and the client reads a general sentence. Anything else that is thrown is a bug: logged, and masked.
 */
export class GatewayError extends Error {
  override readonly name = 'GatewayError';
  readonly code: ErrorCode;
  readonly fault: 'client' | 'internal';
  readonly httpStatus: number | undefined;
  readonly retryAfterS: number | undefined;

  constructor(code: ErrorCode, message: string, options: GatewayErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.fault = options.fault ?? 'client';
    this.httpStatus = options.httpStatus;
    this.retryAfterS = options.retryAfterS;
  }
}

/** An operation that was refused as a whole before anything ran, with one error for each reason. */
export class OperationRefused extends Error {
  override readonly name = 'OperationRefused';
  readonly errors: readonly GraphQLError[];

  constructor(errors: readonly GraphQLError[]) {
    super(errors.map(({ message }) => message).join('\n'));
    this.errors = errors;
  }
}
