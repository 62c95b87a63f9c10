const SUFFIX = '_SUBGRAPH_SUBSCRIPTIONS';

/** How a subgraph takes subscriptions; without URLs, where its instances answer queries. */
export interface SubgraphSubscriptions {
  readonly protocol: 'graphql-ws' | 'sse';
  readonly urls: readonly string[] | undefined;
}

/**
 * Reads how subgraphs take subscriptions from `<NAME>_SUBGRAPH_SUBSCRIPTIONS`: `ws` or `sse`, or a comma-separated list of ws(s) or
 * http(s) URLs, whose scheme says the same. The keys of `subscriptions` are those NAMEs.
 */
export function subgraphSubscriptionsFrom(env: Readonly<Record<string, string>>): {
  readonly subscriptions: ReadonlyMap<string, SubgraphSubscriptions>;
  readonly problems: readonly string[];
} {
  const subscriptions = new Map<string, SubgraphSubscriptions>();
  const problems: string[] = [];
  for (const [key, value] of Object.entries(env)) {
    if (!key.endsWith(SUFFIX)) continue;
    const read = readSubscriptions(value.trim());
    if (read !== undefined) subscriptions.set(key.slice(0, -SUFFIX.length), read);
    else problems.push(`${key}: not "ws", "sse", or a list of ws(s) or of http(s) URLs`);
  }
  return { subscriptions, problems };
}

function readSubscriptions(value: string): SubgraphSubscriptions | undefined {
  if (value === 'ws') return { protocol: 'graphql-ws', urls: undefined };
  if (value === 'sse') return { protocol: 'sse', urls: undefined };
  const urls = value.split(',').map((url) => url.trim());
  if (urls.every((url) => hasScheme(url, /^wss?:$/))) return { protocol: 'graphql-ws', urls };
  if (urls.every((url) => hasScheme(url, /^https?:$/))) return { protocol: 'sse', urls };
  return undefined;
}

function hasScheme(url: string, scheme: RegExp): boolean {
  return URL.canParse(url) && scheme.test(new URL(url).protocol);
}
