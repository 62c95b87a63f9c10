import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { keepOutput } from './process-output.ts';
import type { ProcessSpec } from './supervised-process.ts';

/** A process that does one thing and ends. */
export interface Run {
  /** Its last line of output; rejects with its last lines when it fails or is killed. */
  readonly result: Promise<string>;
  readonly stop: () => Promise<void>;
  readonly kill: () => void;
}

/** Starts a process that is expected to end by itself, with exit code 0. */
export function runToEnd(spec: Omit<ProcessSpec, 'readyUrl'>): Run {
  const child = spawn(process.execPath, spec.nodeArguments, {
    cwd: spec.folder,
    env: spec.environment,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const tail = keepOutput(child, spec.logFile, () => undefined); // shown, if at all, with the tail
  const result = once(child, 'close').then(() => {
    if (child.exitCode === 0) return tail().at(-1) ?? '';
    const ending = child.signalCode ?? `exit code ${child.exitCode ?? 'unknown'}`;
    const lines = tail().map((line) => `    ${line}`);
    throw new Error([`${spec.name} failed with ${ending} (log: ${spec.logFile})`, ...lines].join('\n'));
  });
  const kill = () => {
    child.kill('SIGKILL');
  };
  const stop = async () => {
    kill();
    await result.catch(() => undefined); // told to whoever awaits it
  };
  return { result, stop, kill };
}
