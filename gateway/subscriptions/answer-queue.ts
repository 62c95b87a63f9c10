import type { OperationResult } from '../context.ts';

type Answer = Promise<OperationResult | undefined>;

export interface AnswerQueueOptions {
  /** How many answers may wait for the client to take them. */
  readonly limit: number;
  /** Called once, when one more would have to wait; the queue takes nothing more. */
  readonly onOverflow: () => void;
  /** Called once, when the queue ends. */
  readonly onEnd: () => void;
}

/** The answers of one subscription on their way to its client. */
export interface AnswerQueue extends AsyncGenerator<OperationResult, undefined, undefined> {
  readonly push: (answer: Answer) => void;
  /** Takes nothing more; what waits is still given out, then the error is thrown. */
  readonly fail: (error: Error) => void;
}

/** Builds a queue that gives out answers in the order in which they were pushed, and passes over those that show nothing. */
export function createAnswerQueue({ limit, onOverflow, onEnd }: AnswerQueueOptions): AnswerQueue {
  const waiting: Answer[] = [];
  let state: 'open' | 'full' | 'failed' | 'ended' = 'open';
  let failure: Error | undefined;
  let wake: (() => void) | undefined;

  /** Read through a call, because it changes while `next` waits. */
  const isEnded = (): boolean => state === 'ended';

  function end(): Promise<IteratorReturnResult<undefined>> {
    if (!isEnded()) {
      state = 'ended';
      waiting.length = 0;
      wake?.();
      onEnd();
    }
    return Promise.resolve({ done: true, value: undefined });
  }

  async function failed(error: Error): Promise<never> {
    await end();
    throw error;
  }

  async function next(): Promise<IteratorResult<OperationResult, undefined>> {
    while (!isEnded()) {
      const answer = waiting.shift();
      if (answer === undefined) {
        if (failure !== undefined) return failed(failure);
        await new Promise<void>((resolve) => (wake = resolve));
        continue;
      }
      const result = await answer;
      if (result !== undefined && !isEnded()) return { done: false, value: result };
    }
    return end();
  }

  const queue: AnswerQueue = {
    push(answer) {
      if (state !== 'open') return;
      if (waiting.length >= limit) {
        state = 'full';
        onOverflow();
        return;
      }
      waiting.push(answer);
      wake?.();
    },
    fail(error) {
      if (state !== 'open') return;
      state = 'failed';
      failure = error;
      wake?.();
    },
    next,
    return: end,
    throw: end,
    [Symbol.asyncIterator]: () => queue,
    [Symbol.asyncDispose]: async () => {
      await end();
    },
  };
  return queue;
}
