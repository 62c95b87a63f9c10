import { describe, expect, it } from '@jest/globals';
import { NoPlan, type NoPlanKind } from './no-plan.ts';
import { rememberHopeless } from './remember-hopeless.ts';

const requestOf = (document: string, conditions = {}) => ({
  document,
  operationName: undefined,
  conditions,
  percentage: 0,
});

function refusing(kind: NoPlanKind) {
  const asked: string[] = [];
  const plan = async ({ document }: { readonly document: string }) => {
    asked.push(document);
    throw new NoPlan(kind, 'for a reason');
  };
  return { asked, planner: rememberHopeless({ plan }) };
}

describe('rememberHopeless', () => {
  it.each(['process ended', 'too long'] as const)('asks for nothing again that ended by "%s"', async (kind) => {
    const { asked, planner } = refusing(kind);

    await expect(planner.plan(requestOf('a'))).rejects.toMatchObject({ kind });
    await expect(planner.plan(requestOf('a'))).rejects.toMatchObject({ kind });
    await expect(planner.plan(requestOf('b'))).rejects.toMatchObject({ kind });
    await expect(planner.plan(requestOf('a', { on: true }))).rejects.toMatchObject({ kind });

    expect(asked).toEqual(['a', 'b', 'a']);
  });

  it.each(['none found', 'busy', 'unavailable'] as const)('asks again after "%s"', async (kind) => {
    const { asked, planner } = refusing(kind);

    await expect(planner.plan(requestOf('a'))).rejects.toMatchObject({ kind });
    await expect(planner.plan(requestOf('a'))).rejects.toMatchObject({ kind });

    expect(asked).toEqual(['a', 'a']);
  });
});
