import type { GraphQLFormattedError } from 'graphql';
import type { SubgraphAnswer } from './parse-subgraph-answer.ts';
import { isObject } from './places.ts';

/**
 * Takes the fields that failed out of an answer: where an error's path leads to the null of a field, the field goes. The client
 * gets null all the same; but no other subgraph is sent the null as if it were the value, and makes something wrong of it.
 */
export function forgetFailed({ data, errors }: Pick<SubgraphAnswer, 'data' | 'errors'>): void {
  for (const { path } of errors) if (path !== undefined) forget(data, path);
}

function forget(data: unknown, path: NonNullable<GraphQLFormattedError['path']>): void {
  let value: unknown = data;
  for (const key of path) {
    if (typeof key === 'number') value = Array.isArray(value) ? (value[key] as unknown) : undefined;
    else if (!isObject(value) || !Object.hasOwn(value, key)) return;
    else if (value[key] === null) {
      // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- a key with undefined would count as one that is there
      delete value[key];
      return;
    } else value = value[key];
  }
}
