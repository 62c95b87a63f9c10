import { describe, expect, it } from '@jest/globals';
import { GatewayError } from '../errors/gateway-error.ts';
import type { EntityBatch, FetchNode, Path, PlanNode, RequiredSelection } from '../plan/compiled-plan.ts';
import { runPlan } from './run-plan.ts';
import type { Send } from './run.ts';

const key = (name: string) => ({ kind: 'key', key: name }) as const;
const items = { kind: 'items' } as const;
const field = (name: string): RequiredSelection => ({ kind: 'field', key: name, name, selections: undefined });

const BATCH: EntityBatch = {
  responseKey: '_entities',
  representations: 'representations',
  paths: [[key('rows'), items]],
  requires: [{ kind: 'fragment', types: new Set(['Row']), selections: [field('__typename'), field('id')] }],
  inputRewrites: [],
  outputRewrites: [],
};

const fetchOf = (subgraph: string, target: FetchNode['target'], more: Partial<FetchNode> = {}): FetchNode => ({
  kind: 'fetch',
  subgraph,
  operation: 'query',
  document: '',
  operationName: undefined,
  variables: [],
  target,
  ...more,
});
const rootOf = (subgraph: string, ...keys: string[]): FetchNode =>
  fetchOf(subgraph, { kind: 'root', path: [], keys, outputRewrites: [] });
const entitiesOf = (subgraph: string, batch: Partial<EntityBatch> = {}): FetchNode =>
  fetchOf(subgraph, { kind: 'entities', batches: [{ ...BATCH, ...batch }] });
const sequence = (...nodes: PlanNode[]): PlanNode => ({ kind: 'sequence', nodes });

/** Answers in JSON, as a subgraph does, so that no two answers share anything. */
function answering(answers: Readonly<Record<string, () => unknown>>) {
  const sent: { subgraph: string; variables: unknown }[] = [];
  const send: Send = async ({ subgraph }, variables) => {
    sent.push({ subgraph, variables: JSON.parse(variables) as unknown });
    const answer = answers[subgraph]?.();
    if (answer === undefined) throw new GatewayError('SUBGRAPH_UNAVAILABLE', 'gone', { fault: 'internal' });
    return { data: null, errors: [], isPlain: true, ...(JSON.parse(JSON.stringify(answer)) as object) };
  };
  return { send, sent };
}

const ROWS = {
  data: { rows: ['1', '2', null, '1'].map((id) => id && { __typename: 'Row', id }) },
};

describe('runPlan', () => {
  it('asks for equal entities once and writes the answer to every place', async () => {
    const { send, sent } = answering({
      rows: () => ROWS,
      names: () => ({ data: { _entities: [{ name: 'one' }, { name: 'two' }] } }),
    });

    const { tree, errors } = await runPlan({ root: sequence(rootOf('rows', 'rows'), entitiesOf('names')) }, {}, send);

    expect(tree['rows']).toMatchObject([
      { id: '1', name: 'one' },
      { id: '2', name: 'two' },
      null,
      { id: '1', name: 'one' },
    ]);
    expect(sent[1]?.variables).toEqual({ representations: ['1', '2'].map((id) => ({ __typename: 'Row', id })) });
    expect(errors).toEqual([]);
  });

  it('puts one object in the place of all references to an entity, whichever of two requests is answered first', async () => {
    for (const late of ['names', 'sizes']) {
      const { send: answered } = answering({
        rows: () => ROWS,
        names: () => ({
          data: { _entities: [{ name: 'one', parts: [{ __typename: 'Row', id: '2' }] }, { name: 'two' }] },
        }),
        sizes: () => ({ data: { _entities: [{ size: 1 }, { size: 2 }] } }),
      });
      const send: Send = async (fetch, variables) => {
        if (fetch.subgraph === late) await new Promise((resolve) => setImmediate(resolve));
        return answered(fetch, variables);
      };
      const both: PlanNode = { kind: 'parallel', nodes: [entitiesOf('names'), entitiesOf('sizes')] };

      const { tree, shared } = await runPlan({ root: sequence(rootOf('rows', 'rows'), both) }, {}, send);

      const rows = tree['rows'] as object[];
      expect(rows[0]).toMatchObject({ id: '1', name: 'one', size: 1, parts: [{ id: '2' }] });
      expect(rows[1]).toMatchObject({ id: '2', name: 'two', size: 2 });
      expect(rows[3]).toBe(rows[0]);
      expect(shared?.all()).toEqual([rows[0]]);
    }
  });

  it('completes every place of an entity, also where one came apart from the others while it was asked for', async () => {
    const link = { __typename: 'Row', id: '1' };
    const rows = ['7', '8'].map((id) => ({ __typename: 'Row', id, link }));
    const links: Path = [key('rows'), items, key('link')];
    const { send: answered } = answering({
      rows: () => ({ data: { rows } }),
      names: () => ({ data: { _entities: [{ name: 'one' }] } }),
      apart: () => ({ data: { _entities: [{ link: { seenFrom: '7' } }, { link: { seenFrom: '8' } }] } }),
      sizes: () => ({ data: { _entities: [{ size: 1 }] } }),
    });
    const send: Send = async (fetch, variables) => {
      if (fetch.subgraph === 'sizes') await new Promise((resolve) => setImmediate(resolve));
      return answered(fetch, variables);
    };
    const both: PlanNode = { kind: 'parallel', nodes: [entitiesOf('sizes', { paths: [links] }), entitiesOf('apart')] };
    const root = sequence(rootOf('rows', 'rows'), entitiesOf('names', { paths: [links] }), both);

    const { tree } = await runPlan({ root }, {}, send);

    expect(tree['rows']).toEqual(
      ['7', '8'].map((id) => ({ __typename: 'Row', id, link: { ...link, name: 'one', seenFrom: id, size: 1 } })),
    );
  });

  it('keeps objects apart that are more than references to one entity', async () => {
    const rows = ['a', 'b'].map((seenAs) => ({ __typename: 'Row', id: '1', seenAs }));
    const { send } = answering({
      rows: () => ({ data: { rows } }),
      names: () => ({ data: { _entities: [{ name: 'one', parts: [{ __typename: 'Row', id: '2' }] }] } }),
    });

    const { tree } = await runPlan({ root: sequence(rootOf('rows', 'rows'), entitiesOf('names')) }, {}, send);

    const [first, second] = tree['rows'] as Record<string, unknown>[];
    expect([first?.['seenAs'], second?.['seenAs']]).toEqual(['a', 'b']);
    expect(first?.['parts']).toEqual(second?.['parts']);
    expect(first?.['parts']).not.toBe(second?.['parts']);
  });

  it('mixes nothing between the paths of a batch, where one key means different things', async () => {
    const paths = [[key('left')], [key('right')]];
    const { send } = answering({
      rows: () => ({ data: { left: { __typename: 'Row', id: '1' }, right: { __typename: 'Row', id: '1' } } }),
      links: () => ({ data: { _entities: [{ next: { __typename: 'Row', id: '2' }, tags: [{ a: 1 }] }] } }),
      more: () => ({ data: { _entities: [{ x: 'only right' }] } }),
    });
    const more = entitiesOf('more', { paths: [[key('right'), key('next')]] });

    const { tree } = await runPlan(
      { root: sequence(rootOf('rows', 'left', 'right'), entitiesOf('links', { paths }), more) },
      {},
      send,
    );

    const next = { __typename: 'Row', id: '2' };
    expect(tree['left']).toEqual({ __typename: 'Row', id: '1', next, tags: [{ a: 1 }] });
    expect(tree['right']).toEqual({ __typename: 'Row', id: '1', next: { ...next, x: 'only right' }, tags: [{ a: 1 }] });
  });

  it('keeps the rest when a request fails: one error for it, not one for each entity', async () => {
    const { send } = answering({ rows: () => ROWS });

    const { tree, errors } = await runPlan({ root: sequence(rootOf('rows', 'rows'), entitiesOf('names')) }, {}, send);

    expect(tree).toEqual(ROWS.data);
    expect(errors).toEqual([
      { message: 'gone', path: ['rows'], extensions: { code: 'SUBGRAPH_UNAVAILABLE' }, subgraph: 'names' },
    ]);
  });

  it('tells of a request that fails at the places alone at which it was about something', async () => {
    const { send } = answering({ rows: () => ROWS });
    const elsewhere = { ...BATCH, paths: [[key('others')]], representations: 'others', responseKey: '_e1' };
    const failing = fetchOf('names', {
      kind: 'entities',
      batches: [{ ...BATCH, paths: [[key('rows'), items], [key('first')]] }, elsewhere],
    });

    const { errors } = await runPlan({ root: sequence(rootOf('rows', 'rows'), failing) }, {}, send);

    expect(errors.map(({ path }) => path)).toEqual([['rows']]);
  });

  it('asks nobody where there is nothing to ask about', async () => {
    const { send, sent } = answering({
      rows: () => ({ data: { rows: [null, { __typename: 'Other', id: '1' }, {}] } }),
    });

    await runPlan({ root: sequence(rootOf('rows', 'rows'), entitiesOf('names')) }, {}, send);

    expect(sent.map(({ subgraph }) => subgraph)).toEqual(['rows']);
  });

  it('merges no entities that are not as many as were asked for', async () => {
    const { send } = answering({ rows: () => ROWS, names: () => ({ data: { _entities: [{ name: 'whose?' }] } }) });

    const { tree, errors } = await runPlan({ root: sequence(rootOf('rows', 'rows'), entitiesOf('names')) }, {}, send);

    expect(tree).toEqual(ROWS.data);
    expect(errors).toMatchObject([{ path: ['rows'], extensions: { code: 'SUBGRAPH_INVALID_RESPONSE' } }]);
  });

  it.each([{ errors: [] }, { errors: [{ message: 'another field' }] }])(
    'says it when there is something else than entities among them, whatever errors there are: %j',
    async ({ errors: told }) => {
      const { send } = answering({
        rows: () => ROWS,
        names: () => ({ data: { _entities: [{ name: 'a' }, 7] }, errors: told }),
      });

      const { tree, errors } = await runPlan({ root: sequence(rootOf('rows', 'rows'), entitiesOf('names')) }, {}, send);

      expect(tree).toEqual(ROWS.data);
      expect(errors).toContainEqual(
        expect.objectContaining({ path: ['rows'], extensions: { code: 'SUBGRAPH_INVALID_RESPONSE' } }),
      );
    },
  );

  it('asks nobody about what is known by a field that failed', async () => {
    const { send, sent } = answering({
      rows: () => ({
        data: {
          rows: [
            { __typename: 'Row', id: null },
            { __typename: 'Row', id: '2' },
          ],
        },
        errors: [{ message: 'no', path: ['rows', 0, 'id'] }],
      }),
      names: () => ({ data: { _entities: [{ name: 'two' }] } }),
    });

    const { tree } = await runPlan({ root: sequence(rootOf('rows', 'rows'), entitiesOf('names')) }, {}, send);

    expect(sent[1]?.variables).toEqual({ representations: [{ __typename: 'Row', id: '2' }] });
    expect(tree).toEqual({ rows: [{ __typename: 'Row' }, { __typename: 'Row', id: '2', name: 'two' }] });
  });

  it('tells of a failure at the fields that the variables leave in the request', async () => {
    const document = 'query ($no: Boolean!) { a b @include(if: $no) }';
    const { errors } = await runPlan(
      { root: { ...rootOf('gone', 'a', 'b'), document } },
      { no: false },
      answering({}).send,
    );

    expect(errors.map(({ path }) => path)).toEqual([['a']]);
  });

  it('adds no error of its own when the subgraph has said why there are no entities', async () => {
    const { send } = answering({
      rows: () => ROWS,
      names: () => ({ errors: [{ message: 'no', path: ['_entities'] }] }),
    });

    const { errors } = await runPlan({ root: sequence(rootOf('rows', 'rows'), entitiesOf('names')) }, {}, send);

    expect(errors).toMatchObject([{ message: 'no', path: ['rows'] }]);
  });

  it('runs one clause of a condition, and sends the variables that a document uses and no others', async () => {
    const { send, sent } = answering({ yes: () => ({ data: {} }), no: () => ({ data: {} }) });
    const ifTrue = { ...rootOf('yes'), variables: ['a', 'absent'] };

    await runPlan(
      { root: { kind: 'condition', variable: 'if', ifTrue, ifFalse: rootOf('no') } },
      { if: true, a: null, b: 2 },
      send,
    );

    expect(sent).toEqual([{ subgraph: 'yes', variables: { a: null } }]);
  });

  it('writes what is asked at the root anew into every object of a path, each with its own copy', async () => {
    const { send } = answering({
      rows: () => ROWS,
      site: () => ({ data: { site: { id: 's' } } }),
    });
    const site = fetchOf('site', { kind: 'root', path: [key('rows'), items], keys: ['site'], outputRewrites: [] });

    const { tree } = await runPlan({ root: sequence(rootOf('rows', 'rows'), site) }, {}, send);

    const [first, second] = tree['rows'] as { site: object }[];
    expect(first?.site).toEqual({ id: 's' });
    expect(second?.site).toEqual({ id: 's' });
    expect(first?.site).not.toBe(second?.site);
  });

  it('lets what nobody foresaw rise', async () => {
    const send: Send = () => Promise.reject(new TypeError('a bug'));

    await expect(runPlan({ root: rootOf('rows') }, {}, send)).rejects.toThrow('a bug');
  });
});
