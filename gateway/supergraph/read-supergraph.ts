import { printSchema, ROUTER_SUPPORTED_SUPERGRAPH_FEATURES, Supergraph } from '@apollo/federation-internals';

/** What only Apollo's packages can tell of a supergraph, in forms that can be sent to another process. */
export interface SupergraphReading {
  /** What clients may ask: no federation machinery, nothing `@inaccessible`. */
  readonly apiSdl: string;
  /** The routing URL of each subgraph, by the subgraph's name. */
  readonly routingUrls: ReadonlyMap<string, string>;
}

/**
 * Reads a supergraph and checks it: tens of milliseconds, in which nothing else runs in this process. Accepts the security directives,
 * which Apollo's own gateway refuses, because the steps before planning enforce them. Throws when the SDL is not a Federation 2
 * supergraph.
 */
export function readSupergraph(sdl: string): SupergraphReading {
  const supergraph = Supergraph.build(sdl, { supportedFeatures: ROUTER_SUPPORTED_SUPERGRAPH_FEATURES });
  return {
    apiSdl: printSchema(supergraph.apiSchema()),
    routingUrls: new Map(supergraph.subgraphsMetadata().map(({ name, url }) => [name, url])),
  };
}
