import { createServer, type IncomingMessage } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { execute, parse } from 'graphql';
import { federation2Sdl, type BenchSubgraph } from './supergraph.ts';
import { SUPERGRAPHS, type SupergraphName } from './workloads.ts';

// Serves the subgraphs of one supergraph, on the ports given in their order: each request body is executed once, and its answer
// replayed from then on, whoever asks. On the message `record` it notes the requests that come, until `recorded` asks for them;
// `count` asks how many have come since it was asked before.

/** A request that a subgraph got: what was asked, and when, in milliseconds. */
export interface RecordedRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
  readonly startMs: number;
  readonly endMs: number;
}

/** While recording, answers are held back so long that requests of one wave have all come before the first is answered. */
const HOLD_MS = 150;

let recorded: RecordedRequest[] | undefined;
let count = 0;

const [supergraph = 'commerce', ...ports] = process.argv.slice(2);
await Promise.all(
  SUPERGRAPHS[supergraph as SupergraphName].map((subgraph, index) => serve(subgraph, Number(ports[index]))),
);
process.on('message', (message) => {
  if (message === 'record') recorded = [];
  if (message === 'recorded') {
    process.send?.(recorded ?? []);
    recorded = undefined;
  }
  if (message === 'count') {
    process.send?.(count);
    count = 0;
  }
});

async function serve(subgraph: BenchSubgraph, port: number): Promise<void> {
  const schema = buildSubgraphSchema({
    typeDefs: parse(federation2Sdl(subgraph)),
    resolvers: subgraph.resolvers as never,
  });
  const answers = new Map<string, Buffer>();
  const url = `http://127.0.0.1:${port}/graphql`;

  async function answerTo(body: string): Promise<Buffer> {
    const known = answers.get(body);
    if (known !== undefined) return known;
    const { query, variables } = JSON.parse(body) as { query: string; variables?: Record<string, unknown> };
    const result = await execute({ schema, document: parse(query), variableValues: variables ?? null });
    const answer = Buffer.from(JSON.stringify(result));
    answers.set(body, answer);
    return answer;
  }

  const server = createServer((request, response) => {
    const startMs = performance.now();
    count += 1;
    void bodyOf(request).then(async (body) => {
      const answer = await answerTo(body);
      if (recorded !== undefined) {
        await delay(HOLD_MS);
        recorded.push({ url, headers: headersOf(request), body, startMs, endMs: performance.now() });
      }
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': answer.length }).end(answer);
    });
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
}

/** What whoever asks says, but for what the client of HTTP says by itself. */
function headersOf({ headers }: IncomingMessage): RecordedRequest['headers'] {
  const { host: _host, connection: _connection, 'content-length': _length, ...own } = headers;
  return own as RecordedRequest['headers'];
}

function bodyOf(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => resolve((chunks.length === 1 ? chunks[0] : Buffer.concat(chunks))?.toString() ?? ''));
    request.on('error', reject);
  });
}
