import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from '@jest/globals';
import { descendantsOf } from '../../test/support/processes.ts';
import { eventually } from '../../test/gateway/support/supergraph-file.ts';
import { explainRefusal } from './explain-refusal.ts';
import { readSupergraph } from './read-supergraph.ts';
import { createSupergraphReader, type SupergraphReader } from './supergraph-reader.ts';

const SDL = readFileSync('supergraph.graphql', 'utf8');

let reader: SupergraphReader;
afterEach(() => reader.close());

function readers(): readonly number[] {
  return descendantsOf(process.pid).flatMap(({ pid, command }) => (command.includes('reader-main') ? [pid] : []));
}

describe('the reader of supergraphs', () => {
  it('reads in one process what would be read here, and ends it when it is closed', async () => {
    reader = createSupergraphReader(60_000);

    const first = await reader.read(SDL);
    const pids = readers();
    const second = await reader.read(SDL);

    expect(first).toEqual(readSupergraph(SDL));
    expect(second).toEqual(first);
    expect(pids).toHaveLength(1);
    expect(readers()).toEqual(pids);
    await reader.close();
    expect(readers()).toEqual([]);
  }, 60_000);

  it('ends its process when nobody has needed it for a while', async () => {
    reader = createSupergraphReader(1);

    await reader.read(SDL);

    await eventually(() => readers().length === 0);
  }, 60_000);

  it('says why a supergraph cannot be used, and where, as if it had been read here', async () => {
    reader = createSupergraphReader(60_000);
    for (const sdl of ['type Query {\n  a: Int', 'type Query { a: Int }']) {
      const refusals = [await refusalOf(() => readSupergraph(sdl)), await refusalOf(() => reader.read(sdl))];

      const [here, there] = refusals.map((error) => explainRefusal(error, 'file'));
      expect(there).toEqual(here);
      expect(there?.[0]).toMatch(/\w/);
    }
  }, 60_000);

  it('reads the supergraph all the same when the process dies over it', async () => {
    reader = createSupergraphReader(60_000);
    await reader.read(SDL);
    const [pid = 0] = readers();
    process.kill(pid, 'SIGSTOP');

    const reading = reader.read(SDL);
    process.kill(pid, 'SIGKILL');

    expect(await reading).toEqual(readSupergraph(SDL));
  }, 60_000);
});

async function refusalOf(read: () => unknown): Promise<unknown> {
  try {
    await read();
  } catch (error) {
    return error;
  }
  throw new Error('it was not refused');
}
