import type { GraphQLError } from 'graphql';
import type { ErrorCode } from '../../wire/names.ts';

/**
 * A failure that the gateway foresaw. `fault: 'client'` messages are shown to the client; `fault: 'internal'` messages are only
 * logged, and the client reads a general sentence. Anything else that is thrown is a bug: logged, and masked.
 */
export class GatewayError extends Error {
  override readonly name = 'GatewayError';
  readonly code: ErrorCode;
  readonly fault: 'client' | 'internal';

  constructor(code: ErrorCode, message: string, options: { fault?: 'client' | 'internal'; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.fault = options.fault ?? 'client';
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
