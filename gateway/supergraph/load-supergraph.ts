import { ROUTER_SUPPORTED_SUPERGRAPH_FEATURES, Supergraph } from '@apollo/federation-internals';
import { buildASTSchema, parse, type GraphQLSchema } from 'graphql';
import { withClientDirectives, withDefer } from './client-directives.ts';

/** A supergraph as the steps of a request see it. */
export interface LoadedSupergraph {
  /** As it was read. */
  readonly sdl: string;
  /** What clients may ask: no federation machinery, nothing `@inaccessible`. */
  readonly apiSchema: GraphQLSchema;
  /**
   * The supergraph as written: `astNode`s carry `@authenticated`, `@requiresScopes`, `@policy` and composed directives such as
   * `@eventSource`, which the API schema leaves out.
   */
  readonly annotatedSchema: GraphQLSchema;
  /** The routing URL of each subgraph, by the subgraph's name. */
  readonly routingUrls: ReadonlyMap<string, string>;
}

/**
 * Builds everything that is derived from a supergraph's SDL, once. Accepts the security directives, which Apollo's own gateway
 * refuses, because the steps before planning enforce them. Throws when the SDL is not a Federation 2 supergraph.
 */
export function loadSupergraph(sdl: string): LoadedSupergraph {
  const supergraph = Supergraph.build(sdl, { supportedFeatures: ROUTER_SUPPORTED_SUPERGRAPH_FEATURES });
  const annotatedSchema = buildASTSchema(parse(sdl), { assumeValidSDL: true });
  return {
    sdl,
    apiSchema: withDefer(withClientDirectives(supergraph.apiSchema().toGraphQLJSSchema(), annotatedSchema)),
    annotatedSchema,
    routingUrls: new Map(supergraph.subgraphsMetadata().map(({ name, url }) => [name, url])),
  };
}
