import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { Environment } from './process-settings.ts';
import { keepOutput } from './process-output.ts';
import { waitUntil } from './wait-until.ts';

export interface ProcessSpec {
  readonly name: string;
  /** The arguments of `node`: flags, then the script. */
  readonly nodeArguments: readonly string[];
  readonly folder: string;
  readonly environment: Environment;
  readonly logFile: string;
  /** Answers 200 when the process can serve. */
  readonly readyUrl: string;
}

/** Milliseconds. */
export interface SupervisionTimes {
  /** How long a start may take. */
  readonly startMs: number;
  /** How long a process may take to end when asked to, before it is killed. */
  readonly stopMs: number;
  /** The pause before the first restart; it doubles up to `longestPauseMs`. */
  readonly pauseMs: number;
  readonly longestPauseMs: number;
  /** A process that ran for so long has proved itself: the next pause is the first again. */
  readonly provenMs: number;
}

const usualTimes: SupervisionTimes = {
  startMs: 60_000,
  stopMs: 5_000,
  pauseMs: 500,
  longestPauseMs: 10_000,
  provenMs: 30_000,
};

const TERMINAL_LINE = 300;

// What is left of a killed group is gone at once, but for what the system has not yet taken note of.
const GROUP_END_MS = 1_000;

type State =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running'; readonly child: ChildProcess; readonly since: number; readonly tail: () => string[] }
  | { readonly kind: 'pausing'; readonly timer: NodeJS.Timeout }
  | { readonly kind: 'stopped' };

/** A process that is started again whenever it ends, until it is told to stop. `report` is told what an operator must know. */
export class SupervisedProcess {
  readonly name: string;
  readonly #spec: ProcessSpec;
  readonly #report: (message: string) => void;
  readonly #times: SupervisionTimes;
  #state: State = { kind: 'idle' };
  #isProven = false;
  #failures = 0;

  constructor(spec: ProcessSpec, report: (message: string) => void, times: Partial<SupervisionTimes> = {}) {
    this.name = spec.name;
    this.#spec = spec;
    this.#report = report;
    this.#times = { ...usualTimes, ...times };
  }

  /** Starts it; resolves when it is ready. A first start that fails is not repeated: throws with its last lines. */
  async start(): Promise<void> {
    const child = this.#launch();
    const isReady = await this.#waitReady(child);
    if (isReady) {
      this.#isProven = true;
      return;
    }
    const tail = this.#state.kind === 'running' ? this.#state.tail() : [];
    const ending = hasEnded(child) ? `${this.#spec.name} ${describeEnd(child)} before it was ready` : undefined;
    const reason = ending ?? `${this.#spec.name} was not ready after ${this.#times.startMs / 1000} s`;
    await this.stop();
    throw new Error([`${reason} (log: ${this.#spec.logFile})`, ...tail.map(indented)].join('\n'));
  }

  /** Ends it and everything that it started; resolves when nothing of it is left. */
  async stop(): Promise<void> {
    const before = this.#state;
    this.#state = { kind: 'stopped' };
    if (before.kind === 'pausing') clearTimeout(before.timer);
    if (before.kind !== 'running') return;
    const ended = hasEnded(before.child) ? Promise.resolve() : once(before.child, 'exit');
    signalGroup(before.child, 'SIGTERM');
    await Promise.race([ended, delay(this.#times.stopMs, undefined, { ref: false })]);
    if (!hasEnded(before.child)) this.#report(`${this.#spec.name} does not stop: killed`);
    signalGroup(before.child, 'SIGKILL'); // whatever it left behind as well
    await ended;
    await waitUntil(() => !signalGroup(before.child, 0), GROUP_END_MS);
  }

  /** Ends it at once. */
  kill(): void {
    const before = this.#state;
    this.#state = { kind: 'stopped' };
    if (before.kind === 'pausing') clearTimeout(before.timer);
    if (before.kind === 'running') signalGroup(before.child, 'SIGKILL');
  }

  #launch(): ChildProcess {
    // In a session of its own: Ctrl-C in the terminal reaches the platform, which stops its processes in order. The IPC
    // channel is what they notice the end of the platform by.
    const child = spawn(process.execPath, this.#spec.nodeArguments, {
      cwd: this.#spec.folder,
      env: this.#spec.environment,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    const tail = keepOutput(child, this.#spec.logFile, (problem) => this.#report(`${this.#spec.name}: ${problem}`));
    this.#state = { kind: 'running', child, since: performance.now(), tail };
    child.on('error', (error) => this.#report(`${this.#spec.name}: ${error.message}`));
    child.once('exit', () => this.#onExit(child));
    return child;
  }

  #onExit(child: ChildProcess): void {
    const state = this.#state;
    if (state.kind !== 'running' || state.child !== child || !this.#isProven) return;
    signalGroup(child, 'SIGKILL'); // what it had started would be in the way of the next
    if (performance.now() - state.since > this.#times.provenMs) this.#failures = 0;
    const pauseMs = Math.min(this.#times.pauseMs * 2 ** this.#failures, this.#times.longestPauseMs);
    this.#failures += 1;
    this.#report(
      [
        `${this.#spec.name} ${describeEnd(child)}; it is started again in ${pauseMs / 1000} s (log: ${this.#spec.logFile})`,
        ...state.tail().map(indented),
      ].join('\n'),
    );
    const timer = setTimeout(() => void this.#relaunch(), pauseMs);
    this.#state = { kind: 'pausing', timer };
  }

  async #relaunch(): Promise<void> {
    const child = this.#launch();
    if (await this.#waitReady(child)) this.#report(`${this.#spec.name} is back`);
    else if (this.#state.kind === 'running') this.#report(`${this.#spec.name} runs, but is not ready`);
  }

  /** Waits until the process serves, has ended, or is told to stop; says whether it serves. */
  async #waitReady(child: ChildProcess): Promise<boolean> {
    const isOver = () => hasEnded(child) || this.#state.kind === 'stopped';
    await waitUntil(async () => isOver() || (await answersOk(this.#spec.readyUrl)), this.#times.startMs, 50);
    return !isOver() && answersOk(this.#spec.readyUrl);
  }
}

async function answersOk(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false; // nobody listens yet
  }
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
}

/** A line of a log, which may hold a stack, as it fits a terminal; the log file has the whole of it. */
function indented(line: string): string {
  return `    ${line.length > TERMINAL_LINE ? `${line.slice(0, TERMINAL_LINE)}…` : line}`;
}

function describeEnd(child: ChildProcess): string {
  return child.signalCode === null
    ? `ended with exit code ${child.exitCode ?? 'unknown'}`
    : `was ended by ${child.signalCode}`;
}

/** Sends the signal (0 asks only) to a process and all that it started; says whether there was anyone to get it. */
function signalGroup(child: ChildProcess, signal: NodeJS.Signals | 0): boolean {
  if (child.pid === undefined) return false;
  try {
    return process.kill(-child.pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    return false;
  }
}
