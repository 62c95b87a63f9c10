import { setTimeout as delay } from 'node:timers/promises';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { execute, parse } from 'graphql';
import { type LeanRequest, serveLean } from './lean-server.ts';
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
  const responses = new Map<string, Buffer>();
  const url = `http://127.0.0.1:${port}/graphql`;

  async function executeBody(body: string): Promise<Buffer> {
    const { query, variables } = JSON.parse(body) as { query: string; variables?: Record<string, unknown> };
    const result = await execute({ schema, document: parse(query), variableValues: variables ?? null });
    const response = responseOf(JSON.stringify(result));
    responses.set(body, response);
    return response;
  }

  async function record(request: LeanRequest): Promise<Buffer> {
    const startMs = performance.now();
    const response = await respond(request);
    await delay(HOLD_MS);
    recorded?.push({ url, headers: headersOf(request), body: request.body, startMs, endMs: performance.now() });
    return response;
  }

  const respond = ({ body }: LeanRequest): Buffer | Promise<Buffer> => responses.get(body) ?? executeBody(body);

  await serveLean(port, (request) => {
    count += 1;
    return recorded === undefined ? respond(request) : record(request);
  });
}

function responseOf(json: string): Buffer {
  const body = Buffer.from(json);
  const head = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), body]);
}

/** What whoever asks says, but for what the client of HTTP says by itself. */
function headersOf({ head }: LeanRequest): RecordedRequest['headers'] {
  const named = head
    .split('\r\n')
    .slice(1)
    .map((field): [string, string] => [
      field.slice(0, field.indexOf(':')).toLowerCase(),
      field.replace(/^[^:]*: ?/, ''),
    ]);
  const { host: _host, connection: _connection, 'content-length': _length, ...own } = Object.fromEntries(named);
  return own;
}
