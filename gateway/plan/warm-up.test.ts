import { describe, expect, it } from '@jest/globals';
import { buildSchema, Kind, parse } from 'graphql';
import type { Operation } from '../context.ts';
import { createRecentOperations } from './recent-operations.ts';
import { warmUp } from './warm-up.ts';

const schema = buildSchema('type Query { a: Int b: Int }');

function operationOf(text: string, variables: Operation['variables'] = {}): Operation {
  const [definition] = parse(text).definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error('no operation');
  return { kind: 'query', name: undefined, definition, fragments: new Map(), variables, key: text };
}

describe('warmUp', () => {
  it('plans what is still valid, one after the other, and minds no refusal', async () => {
    const planned: string[] = [];
    const plan = async ({ key }: Operation): Promise<void> => {
      planned.push(key);
      if (key === '{ a }') throw new Error('no plan');
    };

    await warmUp(
      ['{ a }', '{ gone }', '{ b }'].map((text) => operationOf(text)),
      { plan, schema, limitMs: 60_000 },
    );

    expect(planned).toEqual(['{ a }', '{ b }']);
  });

  it('ends when its time is over, and begins nothing more', async () => {
    let count = 0;
    let release = (): void => undefined;
    const plan = (): Promise<void> => {
      count += 1;
      return new Promise((resolve) => (release = resolve));
    };

    await warmUp([operationOf('{ a }'), operationOf('{ b }')], { plan, schema, limitMs: 1_000 });
    release();
    await new Promise(setImmediate);

    expect(count).toBe(1);
  });
});

describe('recent operations', () => {
  it('are a hundred, the latest first', () => {
    const recent = createRecentOperations();
    const all = Array.from({ length: 102 }, (_, index) => operationOf(`{ f${index} }`));

    all.forEach(recent.note);
    recent.note(operationOf('{ f50 }'));

    expect(recent.list()).toHaveLength(100);
    expect(
      recent
        .list()
        .slice(0, 2)
        .map(({ key }) => key),
    ).toEqual(['{ f50 }', '{ f101 }']);
  });

  it('hold no values of variables but those of @skip and @include', () => {
    const recent = createRecentOperations();

    recent.note(
      operationOf('query ($no: Boolean!, $id: ID) { a @skip(if: $no) b(id: $id) }', { no: true, id: 'secret' }),
    );

    expect(recent.list().map(({ variables }) => variables)).toEqual([{ no: true }]);
  });
});
