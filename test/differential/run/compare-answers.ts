import type { Answer } from './start-oracles.ts';

export type Difference = 'data' | 'order of keys' | 'errors' | 'path of an error';

interface Rules {
  /** Whether the keys must come in the order of the request. */
  readonly isOrderCompared: boolean;
}

/** Tells how an answer differs from the right one; undefined where it does not. */
export function compareAnswers(answer: Answer, right: Answer, { isOrderCompared }: Rules): Difference | undefined {
  const [data, rightData] = [answer.data ?? null, right.data ?? null];
  if (sortedText(data) !== sortedText(rightData)) return 'data';
  if (isOrderCompared && JSON.stringify(data) !== JSON.stringify(rightData)) return 'order of keys';
  if (hasErrors(answer) !== hasErrors(right)) return 'errors';
  if (isOrderCompared && !(answer.errors ?? []).every(({ path }) => path === undefined || leadsToNull(data, path)))
    return 'path of an error';
  return undefined;
}

/** Text that is the same for equal data, whatever the order of their keys. */
function sortedText(data: unknown): string {
  return JSON.stringify(data, (_key, value: unknown) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
  });
}

function hasErrors({ errors }: Answer): boolean {
  return errors !== undefined && errors.length > 0;
}

/** An error stands where something is missing; where the request did not ask for the field at all, nobody can tell. */
function leadsToNull(data: unknown, path: readonly (string | number)[]): boolean {
  let value: unknown = data;
  for (const segment of path) {
    if (value === null || typeof value !== 'object') break;
    value = (value as Record<string | number, unknown>)[segment];
    if (value === undefined) return true;
  }
  return value === null;
}
