import type { ExecutionResult } from 'graphql';
import { GraphQLError } from 'graphql';
import { ERROR_CODES, type ErrorCode } from '../../wire/names.ts';
import { GatewayError, OperationRefused } from './gateway-error.ts';
import { generalSentence } from './general-sentences.ts';

/** Told of each failure that is not the client's fault, with what really happened. */
export type ReportFault = (fault: { readonly requestId: string; readonly code: ErrorCode; readonly cause: unknown }) => void;

/** Errors in the one shape that leaves the gateway, and the HTTP status where the failure asks for one of its own. */
export interface Refusal {
  readonly errors: readonly GraphQLError[];
  readonly httpStatus: number | undefined;
}

/** Gives errors their one shape: `message`, `locations`, `path`, and in `extensions` a `code` of the contract and the `requestId`. */
export interface PresentErrors {
  /** Turns whatever a step threw into errors for the client; what is not the client's fault is reported and masked. */
  readonly thrown: (thrown: unknown, requestId: string) => Refusal;
  /** Replaces an executed operation's errors, which subgraphs wrote, by what a client may read of them. */
  readonly executed: (result: ExecutionResult, requestId: string) => ExecutionResult;
}

/** Builds the presenter of errors. `report` receives what is masked. */
export function createPresentErrors(report: ReportFault): PresentErrors {
  const shown = (error: GraphQLError, requestId: string): GraphQLError => {
    const code = codeOf(error);
    const sentence = generalSentence(code);
    if (sentence !== undefined) report({ requestId, code, cause: error });
    return shaped(error, { code, requestId, message: sentence ?? error.message });
  };

  return {
    thrown: (thrown, requestId) => {
      if (thrown instanceof OperationRefused)
        return { errors: thrown.errors.map((error) => shown(error, requestId)), httpStatus: undefined };
      if (!(thrown instanceof GatewayError)) {
        report({ requestId, code: 'INTERNAL_SERVER_ERROR', cause: thrown });
        return { errors: [masked('INTERNAL_SERVER_ERROR', requestId)], httpStatus: undefined };
      }
      const { code, message, httpStatus } = thrown;
      if (thrown.fault === 'client')
        return { errors: [new GraphQLError(message, { extensions: { code, requestId } })], httpStatus };
      report({ requestId, code, cause: thrown });
      return { errors: [masked(code, requestId)], httpStatus };
    },

    executed: (result, requestId) =>
      result.errors === undefined
        ? result
        : { ...result, errors: result.errors.map((error) => shown(error, requestId)) },
  };
}

function masked(code: ErrorCode, requestId: string): GraphQLError {
  const message = generalSentence(code) ?? 'Something went wrong on our side.';
  return new GraphQLError(message, { extensions: { code, requestId } });
}

function codeOf(error: GraphQLError): ErrorCode {
  const code = error.extensions['code'];
  return ERROR_CODES.find((known) => known === code) ?? 'INTERNAL_SERVER_ERROR';
}

interface Shape {
  readonly code: ErrorCode;
  readonly requestId: string;
  readonly message: string;
}

function shaped(error: GraphQLError, { code, requestId, message }: Shape): GraphQLError {
  return new GraphQLError(message, {
    extensions: { code, requestId },
    ...(error.path === undefined ? {} : { path: error.path }),
    ...(error.nodes === undefined ? {} : { nodes: error.nodes }),
    ...(error.source === undefined ? {} : { source: error.source }),
    ...(error.positions === undefined ? {} : { positions: error.positions }),
  });
}
