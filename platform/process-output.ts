import type { ChildProcess } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';

/** How many of the last lines are remembered, to be shown when the process ends. */
const TAIL_LINES = 15;
/** Pino's number for the level `error`. */
const ERROR_LEVEL = 50;

/**
 * Appends what a process writes to its log file. `onProblem` hears of log lines of level error and above; `tail` gives the
 * last lines.
 */
export function keepOutput(child: ChildProcess, logFile: string, onProblem: (message: string) => void): () => string[] {
  const log = createWriteStream(logFile, { flags: 'a' });
  log.on('error', (error) => onProblem(`its log cannot be written: ${error.message}`));
  const tail: string[] = [];
  let open = 0;

  for (const stream of [child.stdout, child.stderr]) {
    if (!stream) continue;
    open += 1;
    const lines = createInterface({ input: stream });
    lines.on('line', (line) => {
      log.write(`${line}\n`);
      tail.push(line);
      if (tail.length > TAIL_LINES) tail.shift();
      const problem = problemIn(line);
      if (problem !== undefined) onProblem(problem);
    });
    lines.on('close', () => {
      open -= 1;
      if (open === 0) log.end();
    });
  }
  return () => [...tail];
}

function problemIn(line: string): string | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    const entry = JSON.parse(line) as { level?: unknown; msg?: unknown; err?: { message?: unknown } };
    if (typeof entry.level !== 'number' || entry.level < ERROR_LEVEL) return undefined;
    const parts = [entry.msg, entry.err?.message].filter((part) => typeof part === 'string' && part !== '');
    return parts.join(': ');
  } catch {
    return undefined; // a line that only looks like JSON
  }
}
