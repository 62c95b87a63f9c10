import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeServices } from '@apollo/composition';
import { pino } from 'pino';
import { buildGateway } from '../../../gateway/build.ts';
import { loadSettings } from '../../../gateway/config/load-settings.ts';
import type { FakeSubgraph } from './fake-subgraph.ts';

export interface TestGateway {
  readonly url: string;
  readonly logLines: string[];
  /** Where the supergraph is read from. */
  readonly supergraphFile: string;
  /** Sends a GraphQL request by POST. */
  readonly post: (body: unknown, headers?: Record<string, string>) => Promise<Answer>;
  readonly stop: () => Promise<void>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: {
    readonly data?: Record<string, unknown> | null;
    readonly errors?: readonly { message: string; path?: unknown; extensions: { code: string; requestId: string } }[];
  };
}

/** What the gateway must know of a subgraph that is running. */
type RunningSubgraph = Pick<FakeSubgraph, 'name' | 'url' | 'typeDefs'>;

interface Options {
  readonly env?: Readonly<Record<string, string>>;
  readonly argv?: readonly string[];
  readonly clock?: () => number;
}

/** Starts the gateway on a free port in front of subgraphs that are running, with the supergraph that they compose into. */
export async function startGateway(subgraphs: readonly RunningSubgraph[], options: Options = {}): Promise<TestGateway> {
  const folder = await mkdtemp(join(tmpdir(), 'gateway-'));
  const file = join(folder, 'supergraph.graphql');
  await writeFile(file, supergraphOf(subgraphs));
  const settings = loadSettings(options.env ?? {}, ['--supergraph', file, '--port', '0', ...(options.argv ?? [])]);
  const logLines: string[] = [];
  const log = pino({ level: 'trace' }, { write: (line: string) => void logLines.push(line) });
  const clock = options.clock ?? (() => Date.now());
  const gateway = await buildGateway(settings, { log, clock, stopwatch: () => performance.now() });
  const origin = `http://127.0.0.1:${await gateway.listen()}`;

  return {
    url: origin,
    logLines,
    supergraphFile: file,
    post: async (body, headers) => {
      const response = await fetch(`${origin}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      });
      return answerOf(response);
    },
    stop: async () => {
      await gateway.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Reads a response as that of a GraphQL request. */
export async function answerOf(response: Response): Promise<Answer> {
  return { status: response.status, headers: response.headers, body: (await response.json()) as Answer['body'] };
}

/** What subgraphs compose into. */
export function supergraphOf(subgraphs: readonly RunningSubgraph[]): string {
  const result = composeServices(subgraphs.map(({ name, url, typeDefs }) => ({ name, url, typeDefs })));
  if (result.errors !== undefined) throw new Error(result.errors.map(({ message }) => message).join('\n'));
  return result.supergraphSdl;
}
