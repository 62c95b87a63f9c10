import { describe, expect, it } from '@jest/globals';
import { Kind, parse, type FragmentDefinitionNode } from 'graphql';
import type { Operation } from '../context.ts';
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
  return { asked, failing, planner: { overridePercentages, fieldsOfHiddenTypes: new Set(['hiding']), plan } };
}

const textOf = async (text: string): Promise<string> => {
  const { asked, planner } = noting();
  await createPlan(planner, () => 0)(operationOf(text));
  return (asked[0]?.document ?? '').replaceAll(/\s+/g, ' ');
};

describe('createPlan', () => {
  it('plans an operation once, however many ask at the same time', async () => {
    const { asked, planner } = noting();
    const plan = createPlan(planner, () => 0);

    const plans = await Promise.all([plan(operationOf('{ a }')), plan(operationOf('{ a }'))]);
    await plan(operationOf('{ b }'));

    expect(plans[0]).toBe(plans[1]);
    expect(asked).toHaveLength(2);
  });

  it('does not remember that there was no plan', async () => {
    const { asked, failing, planner } = noting();
    const plan = createPlan(planner, () => 0);
    failing.isFailing = true;

    await expect(plan(operationOf('{ a }'))).rejects.toThrow('no plan');
    failing.isFailing = false;
    await plan(operationOf('{ a }'));

    expect(asked).toHaveLength(2);
  });

  it('plans once for all percentages between the same thresholds', async () => {
    const { asked, planner } = noting([10, 50]);
    const drawn = [5, 9.9, 10, 49, 50, 99];
    const plan = createPlan(planner, () => drawn.shift() ?? 0);

    for (let index = 0; index < 6; index += 1) await plan(operationOf('{ a }'));

    expect(asked.map(({ percentage }) => percentage)).toEqual([5, 10, 50]);
  });

  it('sends the operation and the fragments that it uses, and no others', async () => {
    const text = 'query Q { ...A } fragment A on Query { ...B } fragment B on Query { b } fragment C on Query { c }';

    const planned = await textOf(text);

    expect(planned).toContain('query Q');
    expect(planned).toContain('fragment B');
    expect(planned).not.toContain('fragment C');
  });

  it('asks what an object is where it may be of a hidden type, or where all else may be skipped', async () => {
    expect(await textOf('{ a { b } hiding { b } c { d @skip(if: true) } }')).toBe(
      '{ a { b } hiding { __typename b } c { __typename d @skip(if: true) } }',
    );
  });

  it('asks for aliases, and for fields with arguments, under keys of their own', async () => {
    const [, aliased = '', given = ''] =
      /^\{ plain (\w+): plain (\w+): field\(x: 1\) \}$/.exec(await textOf('{ plain alias: plain field(x: 1) }')) ?? [];

    expect(aliased).toMatch(/^_plain_/);
    expect(given).toMatch(/^_field_/);
  });

  it('asks the planner for no introspection, which the gateway answers itself', async () => {
    expect(await textOf('{ s: __schema { types { name } } __type(name: "A") { name } a }')).toBe(
      '{ __typename __typename a }',
    );
  });

  it('sends no fragment that introspection alone uses: planners may not know what the schema says of itself', async () => {
    const fragments =
      'fragment A on __Schema { types { ...B } } fragment B on __Type { isOneOf } fragment C on Query { c }';

    expect(await textOf(`{ __schema { ...A } ...C } ${fragments}`)).toBe(
      '{ __typename ...C } fragment C on Query { c }',
    );
  });
});
