import { createContext, Script } from 'node:vm';

const CALL = new Script('work()');

/** Work that was cut off because it took too long. What it worked on may be in disorder, and is not to be used again. */
export class CutOff extends Error {
  override readonly name = 'CutOff';
}

/** Makes what runs work that keeps the event loop busy, and throws `CutOff` when it takes longer than `limitMs`. */
export function createRunWithin(limitMs: number): <Result>(work: () => Result) => Result {
  const context = createContext({});
  return <Result>(work: () => Result): Result => {
    context['work'] = work;
    try {
      return CALL.runInContext(context, { timeout: limitMs }) as Result;
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT')
        throw new CutOff(`planning took more than ${limitMs} ms`, { cause: error });
      throw error;
    }
  };
}
