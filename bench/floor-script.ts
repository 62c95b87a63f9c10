import type { FloorScript } from './floor.ts';
import type { RecordedRequest } from './stub-subgraphs.ts';

/**
 * Turns what the subgraphs were asked for one request of a client into what the floor sends: a request is a wave later than the
 * latest one that had been answered when it came.
 */
export function floorScriptOf(recorded: readonly RecordedRequest[], answer: string): FloorScript {
  const waves: RecordedRequest[][] = [];
  for (const request of [...recorded].sort((a, b) => a.startMs - b.startMs)) {
    const level = waves.findLastIndex((wave) => wave.some(({ endMs }) => endMs <= request.startMs)) + 1;
    (waves[level] ??= []).push(request);
  }
  return { waves: waves.map((wave) => wave.map(({ url, headers, body }) => ({ url, headers, body }))), answer };
}
