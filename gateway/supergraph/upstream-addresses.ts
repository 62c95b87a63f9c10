import type { SubgraphSubscriptions } from '../config/subgraph-subscriptions.ts';
import type { UpstreamAddress } from '../subscriptions/upstream/upstream-request.ts';

/** Where subgraphs take subscriptions: at the URLs that the settings name, else where their instances answer queries. */
export function upstreamAddresses(
  instances: ReadonlyMap<string, readonly string[]>,
  configured: (subgraph: string) => SubgraphSubscriptions | undefined,
): ReadonlyMap<string, UpstreamAddress> {
  const addresses = new Map<string, UpstreamAddress>();
  for (const [name, urls] of instances) {
    const subscriptions = configured(name);
    if (subscriptions === undefined) continue;
    const { protocol } = subscriptions;
    const own = protocol === 'sse' ? urls : urls.map((url) => url.replace(/^http/, 'ws'));
    addresses.set(name, { protocol, urls: subscriptions.urls ?? own });
  }
  return addresses;
}
