import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { Pool, type Dispatcher } from 'undici';

// The floor: for each request of a client, the same requests to subgraphs as this gateway sends, in the same waves, with the same
// bytes; nothing is parsed, and a ready answer goes back. What no gateway on Node can do without costs this much.

/** What the floor sends for each request of a client, and what it answers. */
export interface FloorScript {
  readonly waves: readonly (readonly SentRequest[])[];
  readonly answer: string;
}

export interface SentRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

const [scriptPath = '', port = '0'] = process.argv.slice(2);
const script = JSON.parse(readFileSync(scriptPath, 'utf8')) as FloorScript;
const answer = Buffer.from(script.answer);
const pools = new Map<string, Pool>();
const waves = script.waves.map((wave) =>
  wave.map(({ url, headers: { authorization: _authorization, ...headers }, body }) => {
    const { origin, pathname } = new URL(url);
    const pool = pools.get(origin) ?? new Pool(origin, { connections: 128 });
    pools.set(origin, pool);
    return { pool, path: pathname, headers, body: Buffer.from(body) };
  }),
);

createServer((request, response) => {
  void serve(request).then(() => {
    response
      .writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'content-length': answer.length })
      .end(answer);
  });
}).listen(Number(port), '127.0.0.1');

async function serve(request: IncomingMessage): Promise<void> {
  await new Promise((resolve) => request.resume().on('end', resolve));
  const { authorization } = request.headers;
  for (const wave of waves)
    await Promise.all(
      wave.map(({ pool, path, headers, body }) => send(pool, path, { headers: { authorization, ...headers }, body })),
    );
}

function send(pool: Pool, path: string, sent: Pick<Dispatcher.DispatchOptions, 'headers' | 'body'>): Promise<void> {
  return new Promise((resolve, reject) => {
    pool.dispatch(
      { path, method: 'POST', ...sent },
      {
        onRequestStart: () => undefined,
        onResponseStart: () => undefined,
        onResponseData: () => undefined,
        onResponseEnd: () => resolve(),
        onResponseError: (_controller, error) => reject(error),
      },
    );
  });
}
