import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { graphql, parse, type DocumentNode } from 'graphql';

type Resolvers = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** What a fake subgraph received. */
export interface ReceivedRequest {
  readonly headers: IncomingHttpHeaders;
  readonly body: { readonly query: string; readonly variables?: Record<string, unknown> };
}

export interface FakeSubgraph {
  readonly name: string;
  readonly url: string;
  readonly typeDefs: DocumentNode;
  readonly received: ReceivedRequest[];
  /** Answers in place of the schema, until it is set back to undefined. */
  override: ((request: IncomingMessage, response: ServerResponse) => void) | undefined;
  /** Answers wait for it. */
  mayAnswer: Promise<void> | undefined;
  stop(): Promise<void>;
}

const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@authenticated", "@requiresScopes", "@policy", "@external", "@requires"])';

/**
 * Starts a real subgraph on a free port: federated schema, HTTP, JSON. The context of its resolvers is the request's headers. `link`
 * says which federation the schema speaks.
 */
export async function startFakeSubgraph(
  name: string,
  sdl: string,
  resolvers: Resolvers,
  link = LINK,
): Promise<FakeSubgraph> {
  const typeDefs = parse(`${link}\n${sdl}`);
  const schema = buildSubgraphSchema([{ typeDefs, resolvers: resolvers as never }]);
  const server = createServer((request, response) => void answer(request, response));

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = '';
    for await (const chunk of request as AsyncIterable<Buffer>) text += chunk.toString();
    if (request.method === 'POST')
      subgraph.received.push({ headers: request.headers, body: JSON.parse(text) as never });
    if (subgraph.override !== undefined) {
      subgraph.override(request, response);
      return;
    }
    await subgraph.mayAnswer;
    if (request.url === '/health/ready') return void response.end('{}');
    const { query, variables } = JSON.parse(text) as ReceivedRequest['body'];
    const result = await graphql({ schema, source: query, variableValues: variables, contextValue: request.headers });
    response.setHeader('content-type', 'application/json').end(JSON.stringify(result));
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const subgraph: FakeSubgraph = {
    name,
    url: `http://127.0.0.1:${port}/graphql`,
    typeDefs,
    received: [],
    override: undefined,
    mayAnswer: undefined,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return subgraph;
}
