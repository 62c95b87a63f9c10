import { afterEach, describe, expect, it } from '@jest/globals';
import { startUpstream, type Upstream } from '../../../test/gateway/support/start-upstream.ts';
import { eventually } from '../../../test/gateway/support/supergraph-file.ts';
import type { Connect, ConnectionEnd } from './connect.ts';
import { createEventStreams } from './connect-over-event-stream.ts';
import { createConnectOverSocket } from './connect-over-socket.ts';
import { keepConnected } from './keep-connected.ts';
import type { UpstreamRequest } from './upstream-request.ts';

/** An assertion of Ada that nobody verifies. */
const ASSERTION = `${encoded({ alg: 'none' })}.${encoded({ sub: 'ada' })}.`;
const SILENCE_MS = 500;

const cleanups: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

describe.each([['ws'], ['sse']])('a subscription to a subgraph, by %s,', (protocol) => {
  it('is given up after so many attempts in a row, with pauses between them', async () => {
    const { ended, lost } = listen(protocol, { url: 'http://127.0.0.1:9', maxFailures: 3, firstPauseMs: 20 });
    const begunAt = performance.now();

    expect(await ended).toMatchObject({ kind: 'lost' });

    expect(lost()).toBe(3);
    // Half of 20, 40 and 80 ms at least.
    expect(performance.now() - begunAt).toBeGreaterThanOrEqual(70);
  });

  it('goes to the next instance when one is frozen', async () => {
    const [frozen, other] = await Promise.all([upstreamFor(), upstreamFor()]);
    const { gaps } = listen(protocol, { url: `${frozen.url},${other.url}`, maxFailures: 9, firstPauseMs: 20 });
    await eventually(async () => (await listenersOf(frozen)) + (await listenersOf(other)) === 1);
    const isFirst = (await listenersOf(frozen)) === 1;
    const [used, free] = isFirst ? [frozen, other] : [other, frozen];

    used.freeze();

    await eventually(async () => (await listenersOf(free)) === 1);
    expect(gaps()).toBe(1);
  }, 60_000);
});

async function listenersOf(upstream: Upstream): Promise<number> {
  return (await upstream.state()).listeners.length;
}

async function upstreamFor(): Promise<Upstream> {
  const upstream = await startUpstream();
  cleanups.push(upstream.kill);
  return upstream;
}

interface Settings {
  readonly url: string;
  readonly maxFailures: number;
  readonly firstPauseMs: number;
}

function listen(protocol: string, { url, maxFailures, firstPauseMs }: Settings) {
  const abort = new AbortController();
  const { connect, close } = connectorOf(protocol);
  // First of all, as a frozen subgraph never ends a connection.
  cleanups.unshift(async () => {
    abort.abort();
    await close();
  });
  const isSocket = protocol === 'ws';
  const request: UpstreamRequest = {
    subgraph: 'ticks',
    address: {
      protocol: isSocket ? 'graphql-ws' : 'sse',
      urls: url.split(',').map((one) => (isSocket ? one.replace('http', 'ws') : one)),
    },
    payload: { query: 'subscription { ticks { n } }', variables: {} },
    headers: async () => ({ 'x-caregraph-identity': ASSERTION, 'x-absent': undefined }),
    key: '',
  };
  let gaps = 0;
  let lost = 0;
  const ended = new Promise<ConnectionEnd>((resolve) => {
    void keepConnected(
      request,
      {
        onPayload: () => undefined,
        onGap: () => (gaps += 1),
        onLost: () => (lost += 1),
        onEnd: resolve,
      },
      { connect, signal: abort.signal, persistence: { firstPauseMs, longestPauseMs: 1_000, maxFailures } },
    );
  });
  return { ended, gaps: () => gaps, lost: () => lost };
}

function connectorOf(protocol: string): { readonly connect: Connect; readonly close: () => Promise<void> } {
  if (protocol === 'sse') return createEventStreams({ silenceMs: SILENCE_MS });
  return { connect: createConnectOverSocket({ silenceMs: SILENCE_MS }), close: () => Promise.resolve() };
}

function encoded(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
