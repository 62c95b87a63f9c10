import type { Settings } from './config/settings.ts';
import { environmentName } from './config/subgraph-urls.ts';
import { StartRefused } from './errors/start-refused.ts';
import { createSubgraphClient, type ObserveFetch, type SubgraphClient } from './execute/subgraph-client.ts';
import type { Stopwatch } from './lib/clock.ts';
import type { Metrics } from './observability/create-metrics.ts';
import type { LoadedSupergraph } from './supergraph/load-supergraph.ts';
import { subgraphInstances } from './supergraph/subgraph-instances.ts';

/** Instances of each subgraph, by the subgraph's name. */
export type Instances = ReadonlyMap<string, readonly string[]>;

/** What requests to subgraphs are watched by. */
export interface Watched {
  readonly settings: Settings;
  readonly metrics: Metrics;
  readonly stopwatch: Stopwatch;
  /** To be told when a subgraph has answered, with how many bytes, or has failed to. */
  readonly onReply: (bytes: number) => void;
}

/** Where each subgraph is, by the supergraph and the settings. Throws `StartRefused` where nothing says so of one. */
export function instancesOf({ routingUrls }: LoadedSupergraph, { subgraphUrls }: Settings): Instances {
  try {
    return subgraphInstances(routingUrls, (name) => subgraphUrls.get(environmentName(name)));
  } catch (cause) {
    throw new StartRefused('A subgraph has no address (<NAME>_SUBGRAPH_URL)', cause);
  }
}

/** Opens the doors to all subgraphs. */
export function clientsOf(
  instances: Instances,
  { settings, metrics, stopwatch, onReply }: Watched,
): ReadonlyMap<string, SubgraphClient> {
  const { subgraphTimeoutMs: timeoutMs, forwardHeaders } = settings;
  const passesCredentials = forwardHeaders.length > 0;
  const observe: ObserveFetch = (subgraph, outcome, seconds, bytes) => {
    onReply(bytes);
    metrics.fetch(subgraph, outcome, seconds);
  };
  const watched = { observe, stopwatch };
  return new Map(
    [...instances].map(([name, urls]) => [
      name,
      createSubgraphClient({ name, urls, timeoutMs, passesCredentials, ...watched }),
    ]),
  );
}
