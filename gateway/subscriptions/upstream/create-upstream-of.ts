import type { Caller, ClientHeaders, ClientRequest, Operation } from '../../context.ts';
import { GatewayError } from '../../errors/gateway-error.ts';
import type { AbortNotice } from '../../lib/abort-notice.ts';
import type { Prepared } from '../../pipeline.ts';
import type { FetchNode } from '../../plan/compiled-plan.ts';
import type { UpstreamAddress, UpstreamPayload, UpstreamRequest } from './upstream-request.ts';

interface Sender {
  readonly caller: Caller;
  readonly request: ClientRequest;
  readonly signal: AbortNotice;
}

interface Options {
  /** The fetch that the events of an operation come from. */
  readonly fetchOf: (operation: Operation) => Promise<FetchNode | undefined>;
  /** By the name of the subgraph, for those that take subscriptions. */
  readonly addresses: ReadonlyMap<string, UpstreamAddress>;
  /** Whatever a subgraph is told of who asks. */
  readonly headersFor: (sender: Sender, subgraph: string) => ClientHeaders | Promise<ClientHeaders>;
  /** Client headers that subgraphs see, and that therefore tell events apart. */
  readonly forwardHeaders: readonly string[];
}

/** Finds out what a subgraph must be asked for the events of a subscription. Throws `BAD_USER_INPUT` where none takes it. */
export type UpstreamOf = (prepared: Prepared) => Promise<UpstreamRequest>;

/** Builds it for the subgraphs of one supergraph. */
export function createUpstreamOf({ fetchOf, addresses, headersFor, forwardHeaders }: Options): UpstreamOf {
  return async ({ operation, caller, request }) => {
    const fetch = await fetchOf(operation);
    const address = fetch && addresses.get(fetch.subgraph);
    if (fetch === undefined || address === undefined)
      throw new GatewayError('BAD_USER_INPUT', 'Nothing feeds this subscription: it has no event source.');
    const { subgraph } = fetch;
    const payload = payloadOf(fetch, operation);
    const forwarded = forwardHeaders.map((name) => request.headers[name] ?? null);
    return {
      subgraph,
      address,
      payload,
      headers: async () => headersFor({ caller, request, signal: request.signal }, subgraph),
      key: JSON.stringify([subgraph, address, payload, caller.key, forwarded]),
    };
  };
}

function payloadOf(fetch: FetchNode, { variables }: Operation): UpstreamPayload {
  const used = fetch.variables.flatMap((name) =>
    variables[name] === undefined ? [] : [[name, variables[name]] as const],
  );
  return {
    query: fetch.document,
    ...(fetch.operationName === undefined ? {} : { operationName: fetch.operationName }),
    variables: Object.fromEntries(used),
  };
}
