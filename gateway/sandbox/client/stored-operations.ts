import { parse, print } from 'graphql';

/** Gives the id under which an operation is stored; undefined when it is not, or when its text was changed. */
export type IdOfStored = (query: string) => string | undefined;

/** Reads a persisted query manifest. How the text is laid out and its comments make no difference. */
export function createIdOfStored(manifest: { operations: readonly { id: string; body: string }[] }): IdOfStored {
  const ids = new Map(manifest.operations.map(({ id, body }) => [print(parse(body)), id]));
  return (query) => {
    try {
      return ids.get(print(parse(query)));
    } catch {
      return undefined;
    }
  };
}
