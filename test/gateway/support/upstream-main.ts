// A subgraph in a process of its own, to be killed: `upstream-main.ts PORT`. It answers queries, and sends the events of subscriptions
// by graphql-transport-ws and as event streams, all at /graphql. POST /emit makes an event; GET /state tells who listens.
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { graphql } from 'graphql';
import { createHandler } from 'graphql-sse/lib/use/http';
import { useServer } from 'graphql-ws/use/ws';
import { decodeJwt } from 'jose';
import { WebSocketServer } from 'ws';
import { IDENTITY_HEADER } from '../../../wire/names.ts';
import { createTicks } from './upstream-schema.ts';

const ticks = createTicks();
const { schema } = ticks;
const stream = createHandler({ schema, context: ({ raw }) => whoIs(raw.headers) as never });

const server = createServer((request, response) => {
  void (async () => {
    if (request.headers.accept === 'text/event-stream') {
      keepAlive(response);
      return stream(request, response);
    }
    if (request.url === '/state')
      return response.end(JSON.stringify({ listeners: ticks.listeners, begun: ticks.begun() }));
    const body = JSON.parse(await textOf(request)) as Record<string, unknown>;
    if (request.url === '/emit') {
      ticks.emit(String(body['topic']), Number(body['n']));
      return response.end('{}');
    }
    const answer = await graphql({
      schema,
      source: String(body['query']),
      variableValues: body['variables'] as Record<string, unknown>,
      contextValue: whoIs(request.headers),
    });
    return response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
  })();
});
useServer(
  { schema, context: ({ extra }) => whoIs(extra.request.headers) },
  new WebSocketServer({ server, path: '/graphql' }),
);
server.listen(Number(process.argv[2]), '127.0.0.1', () => {
  const address = server.address();
  console.log(JSON.stringify({ port: typeof address === 'object' ? address?.port : undefined }));
});

/** A sign of life, more often than the library gives one. */
function keepAlive(response: ServerResponse): void {
  const pulse = setInterval(() => {
    if (response.headersSent) response.write(':\n\n');
  }, 100);
  response.once('close', () => clearInterval(pulse));
}

/** Whom the gateway asserts, and what language they speak. */
function whoIs(headers: IncomingHttpHeaders): string {
  const { sub } = decodeJwt(String(headers[IDENTITY_HEADER]));
  const language = headers['accept-language'];
  return language === undefined ? String(sub) : `${String(sub)} in ${language}`;
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request as AsyncIterable<Buffer>) text += chunk.toString();
  return text;
}
