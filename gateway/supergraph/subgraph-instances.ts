/**
 * Where each subgraph answers: the instances that the settings name, else the routing URL of the supergraph. Throws when a
 * subgraph has neither, listing all such.
 */
export function subgraphInstances(
  routingUrls: ReadonlyMap<string, string>,
  configured: (subgraph: string) => readonly string[] | undefined,
): ReadonlyMap<string, readonly string[]> {
  const instances = new Map(
    [...routingUrls].map(([name, url]) => [name, configured(name) ?? (URL.canParse(url) ? [url] : [])] as const),
  );
  const missing = [...instances].filter(([, urls]) => urls.length === 0).map(([name]) => name);
  if (missing.length > 0) throw new Error(`no URL is known for the subgraphs ${missing.join(', ')}`);
  return instances;
}
