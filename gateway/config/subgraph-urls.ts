const SUFFIX = '_SUBGRAPH_URL';

export interface SubgraphUrls {
  readonly urls: ReadonlyMap<string, readonly string[]>;
  readonly problems: readonly string[];
}

/** Collects the instances of each subgraph from `<NAME>_SUBGRAPH_URL`, comma-separated; the keys of `urls` are those NAMEs. */
export function subgraphUrlsFrom(env: Readonly<Record<string, string>>): SubgraphUrls {
  const urls = new Map<string, readonly string[]>();
  const problems: string[] = [];
  for (const [key, value] of Object.entries(env)) {
    if (!key.endsWith(SUFFIX)) continue;
    const instances = value
      .split(',')
      .map((url) => url.trim())
      .filter((url) => url !== '');
    if (instances.length > 0 && instances.every(isHttpUrl)) urls.set(key.slice(0, -SUFFIX.length), instances);
    else problems.push(`${key}: not a list of http(s) URLs`);
  }
  return { urls, problems };
}

/** The NAME of a subgraph in `<NAME>_SUBGRAPH_URL`: upper case, with `_` for whatever a variable cannot hold. */
export function environmentName(subgraph: string): string {
  return subgraph.toUpperCase().replace(/[^A-Z0-9]/g, '_');
}

function isHttpUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
