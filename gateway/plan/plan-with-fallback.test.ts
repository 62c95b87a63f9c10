import { describe, expect, it } from '@jest/globals';
import type { GatewayError } from '../errors/gateway-error.ts';
import { NoPlan, type NoPlanKind } from './no-plan.ts';
import { planWithFallback } from './plan-with-fallback.ts';

const REQUEST = { document: '{ a }', operationName: undefined, conditions: {}, percentage: 0 };
const PLAN = { root: undefined };
const planning = { plan: async () => PLAN };

function refusing(kind: NoPlanKind) {
  const planner = {
    asked: 0,
    plan: async () => {
      planner.asked += 1;
      throw new NoPlan(kind, 'for a reason');
    },
  };
  return planner;
}

function withTroubles(planners: Parameters<typeof planWithFallback>[0]) {
  const troubles: GatewayError[] = [];
  return { troubles, plan: planWithFallback(planners, (trouble) => void troubles.push(trouble)) };
}

describe('planWithFallback', () => {
  it.each(['none found', 'too long', 'process ended', 'unavailable'] as const)(
    'asks the second planner where the first says "%s", and tells nobody',
    async (kind) => {
      const { plan, troubles } = withTroubles([refusing(kind), planning]);

      expect(await plan(REQUEST)).toBe(PLAN);
      expect(troubles).toEqual([]);
    },
  );

  it('does not burden the second planner with what is too much for the first', async () => {
    const second = refusing('none found');
    const { plan } = withTroubles([refusing('busy'), second]);

    await expect(plan(REQUEST)).rejects.toMatchObject({ code: 'RATE_LIMITED', fault: 'client', httpStatus: 503 });
    expect(second.asked).toBe(0);
  });

  it.each([
    ['none found', 'none found', 'No way was found'],
    ['none found', 'too long', 'takes too much to plan'],
    ['process ended', 'unavailable', 'takes too much to plan'],
  ] as const)('refuses what one planner calls "%s" and the other "%s" with one error', async (one, other, message) => {
    const { plan, troubles } = withTroubles([refusing(one), refusing(other)]);

    await expect(plan(REQUEST)).rejects.toMatchObject({
      code: 'OPERATION_TOO_COMPLEX',
      fault: 'client',
      message: expect.stringContaining(message),
    });
    expect(troubles.map(({ cause }) => String(cause))).toEqual([
      expect.stringContaining(`${one}: for a reason; ${other}`),
    ]);
  });

  it('blames no operation where no planner can be asked', async () => {
    const { plan } = withTroubles([refusing('unavailable'), refusing('unavailable')]);

    await expect(plan(REQUEST)).rejects.toMatchObject({ code: 'INTERNAL_SERVER_ERROR', fault: 'internal' });
  });

  it('lets a bug rise', async () => {
    const { plan } = withTroubles([{ plan: () => Promise.reject(new TypeError('a bug')) }, planning]);

    await expect(plan(REQUEST)).rejects.toThrow(TypeError);
  });
});
