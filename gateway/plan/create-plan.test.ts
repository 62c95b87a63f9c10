import { describe, expect, it } from '@jest/globals';
import { Kind, parse, print, type FragmentDefinitionNode } from 'graphql';
import type { Operation } from '../context.ts';
import type { Deferral } from '../deferral.ts';
import { createTurnLimit, type TurnLimit } from '../lib/turn-limit.ts';
import { createPlan } from './create-plan.ts';
import type { PlanRequest } from './planner.ts';

function operationOf(text: string, key = text): Operation {
  const { definitions } = parse(text);
  const definition = definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION);
  if (definition === undefined) throw new Error('no operation');
  const fragments = definitions.filter((one): one is FragmentDefinitionNode => one.kind === Kind.FRAGMENT_DEFINITION);
  return {
    kind: definition.operation,
    name: definition.name?.value,
    definition,
    fragments: new Map(fragments.map((one) => [one.name.value, one])),
    variables: {},
    key,
  };
}

/** A planner that notes what it is asked, and fails when it is told to. */
function noting(overridePercentages: readonly number[] = []) {
  const asked: PlanRequest[] = [];
  const failing = { isFailing: false };
  const plan = async (request: PlanRequest) => {
    asked.push(request);
    if (failing.isFailing) throw new Error('no plan');
    return { root: undefined };
  };
  return { asked, failing, planner: { overridePercentages, planAtHand: () => undefined, plan } };
}

/** An operation that wants fragments to follow, of which none can; `planned` is what is planned for it. */
function deferringNothing(operation: Operation, { definition }: Operation = operation): Operation {
  const deferral: Deferral = {
    key: `deferring ${operation.key}`,
    planned: definition,
    first: definition,
    fragments: [],
    clientKeys: new Map(),
  };
  return { ...operation, deferral };
}

/** Planning takes no time. */
const unlimited = (): TurnLimit => createTurnLimit(() => 0, 1);

describe('createPlan', () => {
  it('plans an operation once, however many ask at the same time', async () => {
    const { asked, planner } = noting();
    const plan = createPlan(planner, () => 0, unlimited());

    const plans = await Promise.all([plan(operationOf('{ a }')), plan(operationOf('{ a }'))]);
    await plan(operationOf('{ b }'));

    expect(plans[0]).toBe(plans[1]);
    expect(asked).toHaveLength(2);
  });

  it('plans at hand where it can, each time anew while an operation is new', () => {
    const { asked, planner } = noting();
    const atHand: string[] = [];
    const planAtHand = ({ definition }: Pick<Operation, 'definition'>) => {
      atHand.push(print(definition));
      return { root: undefined };
    };
    const plan = createPlan({ ...planner, planAtHand }, () => 0, unlimited());
    const isNew = { ...operationOf('{ a }'), isNew: true };

    const plans = [isNew, isNew, operationOf('{ a }'), operationOf('{ a }')].map(plan);

    expect(atHand).toHaveLength(3);
    expect(plans[2]).toBe(plans[3]);
    expect(asked).toEqual([]);
  });

  it('plans in another turn what is asked for when planning has taken its time in this one, and gives what is known at once', async () => {
    const { planner } = noting();
    let nowMs = 0;
    const planned: string[] = [];
    const planAtHand = ({ definition }: Pick<Operation, 'definition'>) => {
      nowMs += 3;
      planned.push(definition.name?.value ?? '');
      return { root: undefined };
    };
    const limit = createTurnLimit(() => nowMs, 5);
    const plan = createPlan({ ...planner, planAtHand }, () => 0, limit);

    const plans = ['A', 'B', 'C', 'C', 'A'].map((name) => plan(operationOf(`query ${name} { a }`)));
    const deferring = plan(deferringNothing(operationOf('query D { a }')));
    const plannedAtOnce = [...planned];
    const [a, , c, sameC, sameA] = await Promise.all(plans.map((one) => Promise.resolve(one)));
    await deferring;

    expect(plannedAtOnce).toEqual(['A', 'B']);
    expect(planned.slice(0, 4)).toEqual(['A', 'B', 'C', 'D']);
    expect([...plans, deferring].map((one) => one instanceof Promise)).toEqual([false, false, true, true, false, true]);
    expect(sameA).toBe(a);
    expect(sameC).toBe(c);
  });

  it('plans an operation as a whole where nothing is deferred in the end', async () => {
    const { asked, planner } = noting();

    await createPlan(planner, () => 0, unlimited())(deferringNothing(operationOf('{ a }')));

    expect(asked.map(({ defers }) => defers)).toEqual([true, undefined]);
  });

  it('asks nobody else where nothing is deferred in the end by the plan at hand', async () => {
    const { asked, planner } = noting();
    const atHand: string[] = [];
    const planAtHand = ({ definition }: Pick<Operation, 'definition'>) => {
      atHand.push(print(definition));
      return { root: undefined };
    };
    const plan = createPlan({ ...planner, planAtHand }, () => 0, unlimited());
    const deferring = deferringNothing(operationOf('{ a }'), operationOf('{ d0_a: a }'));

    await plan(deferring);
    await plan(deferring);

    expect(atHand).toEqual(['{ d0_a: a }', '{ a }'].map((text) => print(parse(text))));
    expect(asked).toEqual([]);
  });

  it('does not remember that there was no plan', async () => {
    const { asked, failing, planner } = noting();
    const plan = createPlan(planner, () => 0, unlimited());
    failing.isFailing = true;

    await expect(plan(operationOf('{ a }'))).rejects.toThrow('no plan');
    failing.isFailing = false;
    await plan(operationOf('{ a }'));

    expect(asked).toHaveLength(2);
  });

  it('plans once for all percentages between the same thresholds', async () => {
    const { asked, planner } = noting([10, 50]);
    const drawn = [5, 9.9, 10, 49, 50, 99];
    const plan = createPlan(planner, () => drawn.shift() ?? 0, unlimited());

    for (let index = 0; index < 6; index += 1) await plan(operationOf('{ a }'));

    expect(asked.map(({ percentage }) => percentage)).toEqual([5, 10, 50]);
  });

  it('sends the operation and the fragments that it uses, and no others', async () => {
    const text = 'query Q { ...A } fragment A on Query { ...B } fragment B on Query { b } fragment C on Query { c }';

    const { asked, planner } = noting();

    await createPlan(planner, () => 0, unlimited())(operationOf(text));

    const planned = asked[0]?.document ?? '';
    expect(planned).toContain('query Q');
    expect(planned).toContain('fragment B');
    expect(planned).not.toContain('fragment C');
  });

  it('refuses what is too long to be planned, without asking the planner', async () => {
    const { asked, planner } = noting();
    const text = `{ ${Array.from({ length: 12_000 }, (_, index) => `field_number_${index}: a`).join(' ')} }`;

    await expect(createPlan(planner, () => 0, unlimited())(operationOf(text))).rejects.toMatchObject({
      code: 'OPERATION_TOO_COMPLEX',
    });
    expect(asked).toHaveLength(0);
  });
});
