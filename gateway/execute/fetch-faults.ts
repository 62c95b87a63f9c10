import { GatewayError } from '../errors/gateway-error.ts';
import type { FetchNode } from '../plan/compiled-plan.ts';

/** What is wrong with a plan that asks a subgraph about objects, and did not ask for what they are known by. */
export function unasked({ subgraph }: FetchNode): GatewayError {
  const message = `subgraph "${subgraph}": the plan did not ask for what its entities are known by`;
  return new GatewayError('INTERNAL_SERVER_ERROR', message, { fault: 'internal' });
}

/** What is wrong with an answer that does not have an entity, or null, for each that was asked for. */
export function miscounted({ subgraph }: FetchNode): GatewayError {
  const message = `subgraph "${subgraph}": not as many entities as were asked for, or something else than entities`;
  return new GatewayError('SUBGRAPH_INVALID_RESPONSE', message, { fault: 'internal' });
}
