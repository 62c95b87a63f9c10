import type { OperationResult } from '../context.ts';

type Answer = Promise<OperationResult | undefined>;

/** How many answers wait for one client, over all its subscriptions. */
export interface Backlog {
  readonly limit: number;
  waiting: number;
}

export interface AnswerQueueOptions {
  readonly backlog: Backlog;
  /** Called once, when one more would have to wait than may; the queue takes nothing more. */
  readonly onOverflow: () => void;
  /** Told how many answers were passed over for later ones of the same state. */
  readonly onSkipped?: (count: number) => void;
  /** Called whenever an answer has been taken out, before it is awaited. */
  readonly onTaken?: () => void;
  /** Called once, when the queue ends. */
  readonly onEnd: () => void;
}

interface Waiting {
  readonly answer: Answer;
  readonly state: string | undefined;
}

/**
 * The answers of one subscription on their way to its client: given out in the order in which they were pushed, those that show
 * nothing are passed over.
 */
export class AnswerQueue implements AsyncGenerator<OperationResult, undefined, undefined> {
  readonly #options: AnswerQueueOptions;
  readonly #waiting: Waiting[] = [];
  #state: 'open' | 'full' | 'closing' | 'ended' = 'open';
  #failure: Error | undefined;
  #skipped = 0;
  #wake: (() => void) | undefined;

  constructor(options: AnswerQueueOptions) {
    this.#options = options;
  }

  /** How many answers wait. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /**
   * Takes an answer that is under way. Answers that tell the same `state` at different times replace one another, the latest wins,
   * but only when there is no more room; the next answer that is given out tells in `extensions.skipped` how many were.
   */
  push(answer: Answer, state?: string): void {
    if (this.#state !== 'open') return;
    const { backlog, onOverflow } = this.#options;
    this.#waiting.push({ answer, state });
    backlog.waiting += 1;
    if (backlog.waiting > backlog.limit) this.#skipOutdated();
    if (backlog.waiting > backlog.limit) {
      this.#state = 'full';
      this.#keep(this.#waiting.slice(0, -1));
      onOverflow();
      return;
    }
    this.#wakeUp();
  }

  /** Takes nothing more; what waits is still given out, then the error is thrown. */
  fail(error: Error): void {
    if (this.#state === 'open') this.#failure = error;
    this.finish();
  }

  /** Takes nothing more; what waits is still given out, then there is no more. */
  finish(): void {
    if (this.#state !== 'open') return;
    this.#state = 'closing';
    this.#wakeUp();
  }

  // Thousands of subscriptions wait most of the time: what waits is one promise, and no suspended function.
  next(): Promise<IteratorResult<OperationResult, undefined>> {
    if (this.#state === 'ended') return this.return();
    const taken = this.#take();
    if (taken !== undefined) return this.#answered(taken);
    if (this.#state === 'closing') return this.#closed();
    return new Promise((resolve) => {
      this.#wake = () => resolve(this.next());
    });
  }

  return(): Promise<IteratorReturnResult<undefined>> {
    if (this.#state !== 'ended') {
      this.#state = 'ended';
      this.#keep([]);
      this.#wakeUp();
      this.#options.onEnd();
    }
    return Promise.resolve({ done: true, value: undefined });
  }

  throw(): Promise<IteratorReturnResult<undefined>> {
    return this.return();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }

  async #answered({ answer }: Waiting): Promise<IteratorResult<OperationResult, undefined>> {
    const result = await answer;
    return result === undefined || this.#state === 'ended' ? this.next() : { done: false, value: this.#told(result) };
  }

  #wakeUp(): void {
    const wake = this.#wake;
    this.#wake = undefined;
    wake?.();
  }

  #take(): Waiting | undefined {
    const taken = this.#waiting.shift();
    if (taken === undefined) return undefined;
    this.#options.backlog.waiting -= 1;
    this.#options.onTaken?.();
    return taken;
  }

  async #closed(): Promise<IteratorReturnResult<undefined>> {
    const done = await this.return();
    if (this.#failure !== undefined) throw this.#failure;
    return done;
  }

  #told(result: OperationResult): OperationResult {
    if (this.#skipped === 0) return result;
    const skipped = this.#skipped;
    this.#skipped = 0;
    return { ...result, extensions: { ...result.extensions, skipped } };
  }

  #skipOutdated(): void {
    const kept = latestOfEach(this.#waiting);
    const count = this.#waiting.length - kept.length;
    if (count === 0) return;
    this.#skipped += count;
    this.#keep(kept);
    this.#options.onSkipped?.(count);
  }

  #keep(kept: readonly Waiting[]): void {
    this.#options.backlog.waiting += kept.length - this.#waiting.length;
    this.#waiting.splice(0, this.#waiting.length, ...kept);
  }
}

/** Leaves out what a later answer tells anew. */
function latestOfEach(waiting: readonly Waiting[]): Waiting[] {
  const lastPlaces = new Map(waiting.map(({ state }, place) => [state, place]));
  return waiting.filter(({ state }, place) => state === undefined || lastPlaces.get(state) === place);
}
