import { GraphQLError } from 'graphql';
import { GatewayError } from '../../errors/gateway-error.ts';
import type { PresentErrors } from '../../errors/present-errors.ts';
import type { ConnectionEnd } from './connect.ts';

/**
 * Says how the end of a subscription to a subgraph is told to a client: with these errors, masked as those of any answer; undefined
 * when it is complete.
 */
export function errorsOfEnd(
  end: ConnectionEnd,
  presentErrors: PresentErrors,
  requestId: string,
): readonly GraphQLError[] | undefined {
  switch (end.kind) {
    case 'complete':
      return undefined;
    case 'refused':
      return presentErrors.executed(end.errors.map(readError), requestId);
    case 'lost': {
      const { cause } = end;
      const error = new GatewayError('SUBGRAPH_UNAVAILABLE', 'a subscription was given up', {
        fault: 'internal',
        cause,
      });
      return presentErrors.thrown(error, requestId).errors;
    }
  }
}

/** Without its path, which is that of the subgraph's own document. */
function readError(error: unknown): GraphQLError {
  const { message, extensions } = Object(error) as { message?: unknown; extensions?: Record<string, unknown> | null };
  return new GraphQLError(typeof message === 'string' ? message : 'refused', { extensions: extensions ?? {} });
}
