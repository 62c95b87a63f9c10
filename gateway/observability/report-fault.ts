import { GraphQLError } from 'graphql';
import type { Logger } from 'pino';
import { GatewayError } from '../errors/gateway-error.ts';
import type { ReportFault } from '../errors/present-errors.ts';

/** Logs what was masked. What a subgraph wrote stays out of the log, as it may quote data: the subgraph's own log has it. */
export function createReportFault(log: Logger): ReportFault {
  return ({ requestId, code, cause }) => {
    if (cause instanceof GraphQLError) {
      const { path, extensions } = cause;
      const original = cause.originalError instanceof GatewayError ? cause.originalError : undefined;
      log.warn({ requestId, code, path, subgraph: extensions['subgraph'], err: original }, 'a subgraph failed');
    } else if (cause instanceof GatewayError) {
      log.warn({ requestId, code, err: cause }, 'a request failed');
    } else {
      log.error({ requestId, code, err: cause }, 'a bug: an error that nobody foresaw');
    }
  };
}
