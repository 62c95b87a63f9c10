// The process that reads supergraphs for the gateway, so that no request waits meanwhile. It ends with the gateway, however that ends.
import { readSupergraph } from './read-supergraph.ts';
import { refusalReasons } from './refusal-reasons.ts';
import type { FromReader } from './supergraph-reader.ts';

process.on('disconnect', () => process.exit(0));
// Ctrl-C reaches every process of a terminal: the gateway says when this one ends.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);
process.on('message', (sdl: string) => void process.send?.(answerTo(sdl)));

function answerTo(sdl: string): FromReader {
  try {
    return { kind: 'read', reading: readSupergraph(sdl) };
  } catch (error) {
    return { kind: 'refused', reasons: refusalReasons(error) };
  }
}
