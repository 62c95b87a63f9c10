import { watch } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

interface Options {
  readonly path: string;
  /** How often the file is looked at, whether or not the system tells of changes: network folders do not, nor do some containers. */
  readonly pollMs: number;
  /** What the file held when it was last read. */
  readonly text: string;
  /** Told of each other content that the file comes to hold. The next one waits until this one has been dealt with. */
  readonly onChange: (text: string) => Promise<void>;
  /** Told when the file cannot be read; once, until it can be read again. */
  readonly onUnreadable: (cause: unknown) => void;
}

/** Changes in such a time are one; a file that is written in several pieces is taken when it has kept still for so long. */
const SETTLE_MS = 40;

/**
 * Watches the content of a file, by whatever means it is changed: written in place, renamed over, a link that comes to point
 * elsewhere. Returns what ends the watch.
 */
export function watchFile({ path, pollMs, text, onChange, onUnreadable }: Options): () => Promise<void> {
  const stopping = new AbortController();
  let known = text;
  let isReadable = true;
  let looking: Promise<void> | undefined;
  let isDue = false;

  const look = async (): Promise<void> => {
    const found = await readSettled(path, known, stopping.signal);
    isReadable = true;
    if (found === known || stopping.signal.aborted) return;
    known = found;
    await onChange(found);
  };
  const lookWhileDue = async (): Promise<void> => {
    while (isDue && !stopping.signal.aborted) {
      await wait(SETTLE_MS);
      isDue = false;
      await look().catch((cause: unknown) => {
        if (isReadable && !stopping.signal.aborted) onUnreadable(cause);
        isReadable = false;
      });
    }
    looking = undefined;
  };
  const lookSoon = (): void => {
    isDue = true;
    looking ??= lookWhileDue();
  };

  const timer = setInterval(lookSoon, pollMs).unref();
  const leaveFolder = onChangesIn(dirname(path), lookSoon);
  return async () => {
    stopping.abort();
    clearInterval(timer);
    leaveFolder();
    await looking;
  };
}

async function readSettled(path: string, known: string, signal: AbortSignal): Promise<string> {
  let text = await readFile(path, 'utf8');
  while (text !== known && !signal.aborted) {
    await wait(SETTLE_MS);
    const again = await readFile(path, 'utf8');
    if (again === text) return text;
    text = again;
  }
  return text;
}

/** The folder is watched and not the file, which may be replaced by another of its name. Where that fails, polling remains. */
function onChangesIn(folder: string, onChange: () => void): () => void {
  try {
    const watcher = watch(folder, { persistent: false }, onChange);
    watcher.on('error', () => watcher.close());
    return () => watcher.close();
  } catch {
    return () => undefined;
  }
}
