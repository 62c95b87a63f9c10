import { createServer, type IncomingMessage } from 'node:http';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { graphql, parse } from 'graphql';
import { SUBGRAPHS, type BenchSubgraph } from './workloads.ts';

// Serves the subgraphs of the benchmark, on the ports given in the order of SUBGRAPHS: each request body is executed once, and its
// answer replayed from then on.
const ports = process.argv.slice(2).map(Number);
await Promise.all(SUBGRAPHS.map((subgraph, index) => serve(subgraph, ports[index] ?? 0)));
process.send?.('ready');

async function serve({ typeDefs, resolvers }: BenchSubgraph, port: number): Promise<void> {
  const schema = buildSubgraphSchema({ typeDefs: parse(typeDefs), resolvers: resolvers as never });
  const answers = new Map<string, string>();
  const server = createServer((request, response) => {
    void body(request).then(async (text) => {
      let answer = answers.get(text);
      if (answer === undefined) {
        const { query, variables } = JSON.parse(text) as { query: string; variables?: Record<string, unknown> };
        answer = JSON.stringify(await graphql({ schema, source: query, variableValues: variables ?? null }));
        answers.set(text, answer);
      }
      response.writeHead(200, { 'content-type': 'application/json' }).end(answer);
    });
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
}

async function body(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
