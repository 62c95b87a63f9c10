import { rename, writeFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { concatAST, parse } from 'graphql';
import type { FakeSubgraph } from './fake-subgraph.ts';

/** Replaces a file in one step, as deployments and most editors do. */
export async function renameOver(file: string, text: string): Promise<void> {
  await writeFile(`${file}.new`, text);
  await rename(`${file}.new`, file);
}

/** A running subgraph as it would be with more in its schema. */
export function withMore(
  { name, url, typeDefs }: FakeSubgraph,
  sdl: string,
): Pick<FakeSubgraph, 'name' | 'url' | 'typeDefs'> {
  return { name, url, typeDefs: concatAST([typeDefs, parse(sdl)]) };
}

/** Asks until the answer is yes, for at most 45 seconds, or as long as is said. */
export async function eventually(ask: () => boolean | Promise<boolean>, limitMs = 45_000): Promise<void> {
  const giveUpAt = Date.now() + limitMs;
  while (!(await ask())) {
    if (Date.now() > giveUpAt) throw new Error('it does not come to hold');
    await wait(10);
  }
}
