import { GraphQLError } from 'graphql';
import { ERROR_CODES, type ErrorCode } from '../../wire/names.ts';
import { codedError } from './coded-error.ts';
import { GatewayError, OperationRefused } from './gateway-error.ts';
import { generalSentence } from './general-sentences.ts';

/** Told of each failure that is not the client's fault, with what really happened. */
export type ReportFault = (fault: {
  readonly requestId: string;
  readonly code: ErrorCode;
  readonly cause: unknown;
}) => void;

/** Errors in the one shape that leaves the gateway, and the HTTP status where the failure asks for one of its own. */
export interface Refusal {
  readonly errors: readonly GraphQLError[];
  readonly httpStatus: number | undefined;
  /** See `GatewayError`. */
  readonly retryAfterS?: number | undefined;
}

/** Gives errors their one shape: `message`, `locations`, `path`, and in `extensions` a `code` of the contract and the `requestId`. */
export interface PresentErrors {
  /** Turns whatever a step threw into errors for the client; what is not the client's fault is reported and masked. */
  readonly thrown: (thrown: unknown, requestId: string) => Refusal;
  /** Replaces an executed operation's errors, which subgraphs wrote, by what a client may read of them. */
  readonly executed: (errors: readonly GraphQLError[], requestId: string) => readonly GraphQLError[];
}

/** Builds the presenter of errors. `report` receives what is masked. */
export function createPresentErrors(report: ReportFault): PresentErrors {
  const shown = (error: GraphQLError, requestId: string, code: ErrorCode): GraphQLError => {
    const sentence = generalSentence(code);
    if (sentence !== undefined) report({ requestId, code, cause: error });
    return codedError(error, { message: sentence ?? error.message, extensions: { code, requestId } });
  };

  return {
    thrown: (thrown, requestId) => {
      if (thrown instanceof OperationRefused)
        return { errors: thrown.errors.map((error) => shown(error, requestId, codeOf(error))), httpStatus: undefined };
      if (!(thrown instanceof GatewayError)) {
        report({ requestId, code: 'INTERNAL_SERVER_ERROR', cause: thrown });
        return { errors: [masked('INTERNAL_SERVER_ERROR', requestId)], httpStatus: undefined };
      }
      const { code, message, httpStatus, retryAfterS } = thrown;
      if (thrown.fault === 'client')
        return { errors: [new GraphQLError(message, { extensions: { code, requestId } })], httpStatus, retryAfterS };
      report({ requestId, code, cause: thrown });
      return { errors: [masked(code, requestId)], httpStatus, retryAfterS };
    },

    executed: (errors, requestId) => errors.map((error) => shown(error, requestId, codeOfExecution(error))),
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

/** The client's document was found valid before: a subgraph that finds fault with one speaks of what the gateway wrote. */
function codeOfExecution(error: GraphQLError): ErrorCode {
  const code = codeOf(error);
  return code.startsWith('GRAPHQL_') || code.startsWith('PERSISTED_') ? 'INTERNAL_SERVER_ERROR' : code;
}
