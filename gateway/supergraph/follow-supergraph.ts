import { createHash } from 'node:crypto';
import type { Logger } from 'pino';
import { explainRefusal } from './explain-refusal.ts';
import { watchFile } from './watch-file.ts';

/** `refused`: what the file holds cannot be used; `unreadable`: there is no file, or none that may be read. */
export type ReloadOutcome = 'applied' | 'refused' | 'unreadable';

interface Options {
  readonly path: string;
  readonly pollMs: number;
  /** The supergraph that is in force. */
  readonly sdl: string;
  /** Builds what serves a supergraph and puts it into force. When it throws, what was in force before still is. */
  readonly apply: (sdl: string) => Promise<void>;
  readonly count: (outcome: ReloadOutcome) => void;
  readonly log: Pick<Logger, 'info' | 'error'>;
}

/**
 * Keeps the gateway at what the supergraph file holds. A supergraph that cannot be used is told of once, with its reasons, and the
 * last good one stays in force. Returns what ends it.
 */
export function followSupergraph({ path, pollMs, sdl, apply, count, log }: Options): () => Promise<void> {
  let applied = sdl;

  const take = async (text: string): Promise<void> => {
    const version = versionOf(text);
    if (text === applied) {
      log.info({ supergraph: version }, 'the supergraph file holds again what is in force');
      return;
    }
    try {
      await apply(text);
    } catch (error) {
      count('refused');
      const reasons = explainRefusal(error, path);
      const told = { supergraph: version, inForce: versionOf(applied), reasons };
      log.error(told, `the new supergraph cannot be used, the last good one stays in force: ${reasons.join('; ')}`);
      return;
    }
    applied = text;
    count('applied');
    log.info({ supergraph: version }, 'a new supergraph is in force');
  };

  return watchFile({
    path,
    pollMs,
    text: sdl,
    onChange: take,
    onUnreadable(cause) {
      count('unreadable');
      const told = { err: cause, inForce: versionOf(applied) };
      log.error(told, `the supergraph file ${path} cannot be read, the last good one stays in force`);
    },
  });
}

/** Tells supergraphs apart in a log. */
function versionOf(sdl: string): string {
  return createHash('sha256').update(sdl).digest('hex').slice(0, 12);
}
