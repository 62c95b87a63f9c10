import { request } from 'undici';
import type { Stopwatch } from '../lib/clock.ts';

interface Options {
  readonly name: string;
  /** The instance's GraphQL URL. */
  readonly url: string;
  readonly timeoutMs: number;
  readonly stopwatch: Stopwatch;
}

/** Asks one instance whether it can serve: by `/health/ready` where it has that, else by the smallest GraphQL query. */
export async function probeSubgraph({ name, url, timeoutMs, stopwatch }: Options) {
  const startMs = stopwatch();
  const isUp = await isReady(url, AbortSignal.timeout(timeoutMs)).catch(() => false);
  return { name, isUp, latencyMs: Math.round(stopwatch() - startMs) };
}

async function isReady(url: string, signal: AbortSignal): Promise<boolean> {
  const { statusCode, body } = await request(new URL('/health/ready', url), { signal });
  await body.dump();
  if (statusCode !== 404) return statusCode === 200;
  const answer = await request(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: '{"query":"{__typename}"}',
    signal,
  });
  await answer.body.dump();
  return answer.statusCode < 500;
}
