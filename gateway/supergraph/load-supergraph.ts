import { buildASTSchema, parse, type GraphQLSchema } from 'graphql';
import { giveWay } from '../lib/give-way.ts';
import { withClientDirectives, withDefer } from './client-directives.ts';
import { readSupergraph, type SupergraphReading } from './read-supergraph.ts';

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

/** Builds everything that is derived from a supergraph's SDL, once. Throws when the SDL is not a Federation 2 supergraph. */
export function loadSupergraph(sdl: string): LoadedSupergraph {
  const building = build(sdl, readSupergraph(sdl));
  for (;;) {
    const { done, value } = building.next();
    if (done === true) return value;
  }
}

/** The same in small pieces, with time for others between them. */
export async function loadInPieces(
  sdl: string,
  read: (sdl: string) => Promise<SupergraphReading>,
): Promise<LoadedSupergraph> {
  const building = build(sdl, await read(sdl));
  for (;;) {
    const { done, value } = building.next();
    if (done === true) return value;
    await giveWay();
  }
}

function* build(sdl: string, { apiSdl, routingUrls }: SupergraphReading): Generator<undefined, LoadedSupergraph> {
  const annotated = parse(sdl);
  yield;
  const annotatedSchema = buildASTSchema(annotated, { assumeValidSDL: true });
  yield;
  const api = parse(apiSdl, { noLocation: true });
  yield;
  const apiSchema = buildASTSchema(api, { assumeValidSDL: true });
  yield;
  return { sdl, apiSchema: withDefer(withClientDirectives(apiSchema, annotatedSchema)), annotatedSchema, routingUrls };
}
