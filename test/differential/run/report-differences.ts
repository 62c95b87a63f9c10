import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GeneratedOperation } from '../generate/generate-operation.ts';
import type { Answer } from './start-oracles.ts';

/** One operation that was not answered alike. */
export interface Found {
  readonly operation: GeneratedOperation;
  /** The operation without all that does not matter. */
  readonly smallest: Pick<GeneratedOperation, 'query' | 'variables'>;
  /** In what way. */
  readonly difference: string;
  /** What our gateway logged meanwhile. */
  readonly log: readonly string[];
  /** To the smallest operation. */
  readonly answers: Readonly<Record<string, Answer>>;
}

/** Writes what was found into a folder of its own, a file for each operation; gives the text that says where. */
export async function reportDifferences(title: string, found: readonly Found[]): Promise<string> {
  if (found.length === 0) return '';
  const folder = await mkdtemp(join(tmpdir(), 'differential-'));
  const lines = await Promise.all(
    found.map(async ({ operation, smallest, difference, answers, log }) => {
      const file = join(folder, `${operation.seed}.json`);
      await writeFile(
        file,
        JSON.stringify({ seed: operation.seed, difference, smallest, answers, log, operation }, null, 2),
      );
      const query = smallest.query.replaceAll(/\s+/g, ' ').trim();
      return `  ${difference} (seed ${operation.seed}): ${query} ${JSON.stringify(smallest.variables)}\n    ${file}`;
    }),
  );
  return `${title}:\n${lines.join('\n')}`;
}
