import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { serveCase } from '../federation/support/serve-case.ts';
import type { FakeSubgraph } from './support/fake-subgraph.ts';
import { allParts, askInParts } from './support/read-parts.ts';
import { startGateway, type TestGateway } from './support/start-gateway.ts';

type Row = Readonly<Record<string, unknown>>;

const WARDS = [
  { id: 'w1', unit: 'cm', bed: { id: 'a' } },
  { id: 'w2', unit: 'in', bed: { id: 'a' } },
];

let subgraphs: readonly FakeSubgraph[];
let gateway: TestGateway;

beforeAll(async () => {
  subgraphs = await serveCase({
    rule: 'what is deferred takes an argument from an object above',
    subgraphs: {
      wards: {
        sdl: `
          type Query { wards: [Ward!]! }
          type Ward @key(fields: "id") { id: ID! unit: String bed: Bed }
          type Bed @key(fields: "id", resolvable: false) { id: ID! }
        `,
        resolvers: {
          Query: { wards: () => WARDS },
          Ward: { __resolveReference: ({ id }: Row) => WARDS.find((ward) => ward.id === id) },
        },
      },
      beds: {
        sdl: `
          type Ward @key(fields: "id", resolvable: false) @context(name: "ward") { id: ID! unit: String @external }
          type Query { lost: Tent broken: Tent }
          type Tent @context(name: "ward") { unit: String beds: [Bed] }
          type Bed @key(fields: "id") { id: ID! length(unit: String @fromContext(field: "$ward { unit }")): String }
        `,
        resolvers: {
          Query: {
            lost: () => ({ unit: 'ft', beds: [{ id: 'gone' }] }),
            broken: () => ({ unit: () => Promise.reject(new Error('no unit')), beds: [{ id: 'a' }] }),
          },
          Bed: {
            length: ({ id }: Row, { unit }: Row) => `${String(id)} in ${String(unit)}`,
            __resolveReference: ({ id }: Row) => (id === 'gone' ? null : { id }),
          },
        },
      },
    },
    exchanges: [],
  });
  gateway = await startGateway(subgraphs, {});
});

afterAll(async () => {
  await gateway.stop();
  await Promise.all(subgraphs.map(({ stop }) => stop()));
});

it.each([
  [
    'below the object that has the value',
    '{ wards { id bed { ... @defer { length } } } }',
    WARDS.map(({ id }) => ({ id, bed: {} })),
    WARDS.map(({ unit }, index) => ({ path: ['wards', index, 'bed'], data: { length: `a in ${unit}` } })),
  ],
  [
    'with the objects between',
    '{ wards { id ... @defer { bed { length } } } }',
    WARDS.map(({ id }) => ({ id })),
    WARDS.map(({ unit }, index) => ({ path: ['wards', index], data: { bed: { length: `a in ${unit}` } } })),
  ],
  [
    'from the root on',
    '{ ... @defer { wards { bed { length } } } }',
    undefined,
    [{ path: [], data: { wards: WARDS.map(({ unit }) => ({ bed: { length: `a in ${unit}` } })) } }],
  ],
])('what is deferred takes an argument from an object above: %s', async (_where, query, wards, increments) => {
  const [first, ...following] = await allParts(await askInParts(gateway.url, { query }));

  expect(first).toEqual({ data: wards === undefined ? {} : { wards }, hasNext: true });
  expect(following.flatMap(({ incremental = [] }) => incremental)).toEqual(increments);
});

it('tells of an entity that the subgraph which gave it does not know again', async () => {
  const [, ...following] = await allParts(
    await askInParts(gateway.url, { query: '{ lost { beds { ... @defer { length } } } }' }),
  );

  expect(following.flatMap(({ incremental = [] }) => incremental)).toMatchObject([
    { path: ['lost', 'beds', 0], data: { length: null }, errors: [{ path: ['lost', 'beds', 0] }] },
  ]);
});

it('tells what is deferred of a value above that failed before', async () => {
  const [first, ...following] = await allParts(
    await askInParts(gateway.url, { query: '{ broken { unit beds { ... @defer { length } } } }' }),
  );

  expect(first).toMatchObject({ data: { broken: { unit: null } }, errors: [{ path: ['broken', 'unit'] }] });
  expect(following.flatMap(({ incremental = [] }) => incremental)).toMatchObject([
    { path: ['broken', 'beds', 0], data: { length: null }, errors: [{ path: ['broken', 'beds'] }] },
  ]);
});
