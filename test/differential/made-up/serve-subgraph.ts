import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { graphql, type DocumentNode, type GraphQLSchema } from 'graphql';

/** A subgraph that answers over HTTP, on a free port. */
export interface ServedSubgraph {
  readonly name: string;
  readonly url: string;
  readonly typeDefs: DocumentNode;
  readonly stop: () => Promise<void>;
}

export interface SubgraphRequest {
  readonly query: string;
  readonly operationName?: string | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
}

/** What is sent back: an answer, or a broken connection. */
export type Reply = 'reset' | { readonly status: number; readonly contentType: string; readonly body: string };

/** Says what is sent back instead of the right answer; undefined where that may pass. */
export type Spoiler = (asked: {
  readonly subgraph: string;
  readonly schema: GraphQLSchema;
  readonly request: SubgraphRequest;
  readonly text: string;
}) => Reply | undefined;

/** Runs a request against a schema; the answer is as it would come out of JSON. */
export async function answerOf(schema: GraphQLSchema, request: SubgraphRequest): Promise<string> {
  const { query: source, operationName, variables: variableValues } = request;
  return JSON.stringify(await graphql({ schema, source, operationName, variableValues }));
}

/** Serves a subgraph; what it answers goes past the spoiler, after it has been done. */
export async function serveSubgraph(
  name: string,
  { schema, typeDefs }: { schema: GraphQLSchema; typeDefs: DocumentNode },
  spoil: Spoiler = () => undefined,
): Promise<ServedSubgraph> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const sent = JSON.parse(Buffer.concat(chunks).toString() || '{"query":"{__typename}"}') as SubgraphRequest;
      void answerOf(schema, sent).then((text) => {
        const right = { status: 200, contentType: 'application/json', body: text };
        const reply = spoil({ subgraph: name, schema, request: sent, text }) ?? right;
        if (reply === 'reset') request.socket.resetAndDestroy();
        else response.writeHead(reply.status, { 'content-type': reply.contentType }).end(reply.body);
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    name,
    url: `http://127.0.0.1:${port}/graphql`,
    typeDefs,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
