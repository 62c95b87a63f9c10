import type { ClientRequest } from '../context.ts';
import { GatewayError } from '../errors/gateway-error.ts';
import type { Senders } from './create-send.ts';
import { subgraphAnswerOf, type SubgraphAnswer } from './parse-subgraph-answer.ts';

/** Lets the plan of a subscription run on one event: its first fetch is answered by what the subgraph sent of itself. */
export interface EventAnswers {
  /**
   * Says which event the run of a plan for this request is about. `payload` is what came, and is not changed. A payload that is no
   * GraphQL response makes that fetch fail with `SUBGRAPH_INVALID_RESPONSE`.
   */
  readonly give: (request: ClientRequest, payload: unknown) => void;
  /** Sends everything else as it is. */
  readonly before: (others: Senders) => Senders;
}

/** Builds the memory of events that plans are running on; it holds an event no longer than its request. */
export function createEventAnswers(): EventAnswers {
  const payloads = new WeakMap<object, unknown>();
  return {
    give: (request, payload) => void payloads.set(request, payload),
    before: ({ onBehalfOf, renew }) => ({
      onBehalfOf: (sender) => {
        const send = onBehalfOf(sender);
        return async (fetch, variables) => {
          if (fetch.operation !== 'subscription') return send(fetch, variables);
          if (!payloads.has(sender.request)) throw new Error('a subscription was run without an event');
          return ownAnswer(payloads.get(sender.request), fetch.subgraph);
        };
      },
      renew,
    }),
  };
}

/** The executor changes what it is given, and others may run on the same event. */
function ownAnswer(payload: unknown, subgraph: string): SubgraphAnswer {
  const answer = subgraphAnswerOf(structuredClone(payload));
  if (answer !== undefined) return answer;
  const message = `subgraph "${subgraph}": an event that is not a GraphQL response`;
  throw new GatewayError('SUBGRAPH_INVALID_RESPONSE', message, { fault: 'internal' });
}
