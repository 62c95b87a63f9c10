import { createRandom, type Random } from '../generate/create-random.ts';
import type { Args, DerivedRule, FieldRule, MadeUpGraph, Read } from '../made-up/made-up-graph.ts';
import type { Row } from '../market/market-rows.ts';
import { addedTo } from './invent-fields.ts';
import { inventGraph } from './invent-graph.ts';
import { membersOf, REQUIRED_BY, type InventedField, type InventedGraph, type InventedWay } from './invented-graph.ts';
import { writeSubgraphs } from './write-subgraphs.ts';

/**
 * Makes a federated graph at random: which types there are, who has which of their fields, by what keys entities are known, what is
 * shared, required, provided, taken over. It need not compose. The same seed gives the same graph, and the same rows.
 */
export function createRandomGraph(seed: number): MadeUpGraph {
  const random = createRandom(seed);
  const graph = inventGraph(random);
  const rows = rowsOf(graph, random);
  return {
    subgraphs: writeSubgraphs(graph),
    rows: [...rows.values()].flat(),
    fields: {
      ...rootRules(graph, rows),
      ...mutationRules(graph, rows),
      ...argumentRules(graph),
      ...contextRules(graph),
    },
    contextual: contextualOf(graph),
    derived: derivedRules(graph),
    interfaces: Object.fromEntries((graph.animal?.members ?? []).map((name) => [name, ['Animal']])),
    isUnknown: () => false,
    samples: { id: ['0', '1', '2', '3', 'none'] },
  };
}

const ROWS_PER_TYPE = 4;

type Rows = ReadonlyMap<string, readonly Row[]>;

function rowsOf(graph: InventedGraph, random: Random): Rows {
  const numbers = Array.from({ length: ROWS_PER_TYPE }, (_, n) => n);
  const rows = new Map(graph.types.map(({ name }) => [name, numbers.map((n): Row => ({ __typename: name, n }))]));
  for (const { name, fields } of graph.types) {
    const given = [...fields, ...addedTo(name, graph.animal)].filter(({ requires }) => requires.length === 0);
    for (const row of rows.get(name) ?? [])
      for (const field of given) row[field.name] = valueFor(field, row, { rows, random, graph });
  }
  return rows;
}

interface Around {
  readonly rows: Rows;
  readonly random: Random;
  readonly graph: InventedGraph;
}

function valueFor(field: InventedField, row: Row, around: Around): unknown {
  const { random } = around;
  const n = Number(row['n']);
  if (field.type === 'ID') return `${row.__typename}${n}`;
  if (field.isKey) return field.type === 'Int' ? 10 + n : around.rows.get(field.type)?.[n];
  if (!field.isNonNull && field.nonNullIn.size === 0 && random.chance(0.12)) return null;
  if (!field.isList) return oneFor(field, n, around);
  return Array.from({ length: random.below(4) }, (_, index) =>
    random.chance(0.1) ? null : oneFor(field, n + index, around),
  );
}

function oneFor(field: InventedField, n: number, { rows, random, graph }: Around): unknown {
  const { type, name } = field;
  if (type === 'Int') return n * 7 + name.length;
  if (type === 'String') return `${name} ${n}`;
  if (type === 'Boolean') return n % 2 === 0;
  const members = membersOf(graph, field);
  return members.length === 0 ? null : random.pick(rows.get(random.pick(members)) ?? []);
}

function rootRules(graph: InventedGraph, rows: Rows): Readonly<Record<string, FieldRule>> {
  const rules = graph.roots.map(({ field, kind }, index): [string, FieldRule] => {
    const { name } = field;
    const all = membersOf(graph, field).flatMap((one) => rows.get(one) ?? []);
    if (kind === 'one') return [`Query.${name}`, (_, { id }) => all.find(({ n }) => n === Number(id)) ?? null];
    if (kind === 'some') return [`Query.${name}`, () => all[(index * 3) % all.length] ?? null];
    return [`Query.${name}`, () => all.filter(({ n }) => (Number(n) + index) % 3 !== 0)];
  });
  return Object.fromEntries(rules);
}

function mutationRules(graph: InventedGraph, rows: Rows): Readonly<Record<string, FieldRule>> {
  let changes = 0;
  const rules = graph.mutations.map(({ field, kind }): [string, FieldRule] => {
    const members = graph.types.filter(({ name }) => membersOf(graph, field).includes(name));
    const all = members.flatMap(({ name }) => rows.get(name) ?? []);
    const change = (): void => {
      changes += 1;
      for (const { name, fields } of members) for (const row of rows.get(name) ?? []) changeTexts(row, fields, changes);
    };
    const rule: FieldRule = (_, { id }) => {
      change();
      return kind === 'all' ? all : (all.find(({ n }) => n === Number(id)) ?? null);
    };
    return [`Mutation.${field.name}`, rule];
  });
  return Object.fromEntries(rules);
}

function changeTexts(row: Row, fields: readonly InventedField[], changes: number): void {
  for (const { name, type, isList, isKey } of fields)
    if (type === 'String' && !isList && !isKey && typeof row[name] === 'string') row[name] = `${row[name]} ${changes}`;
}

/** What takes a value from above tells it. */
function contextRules({ context }: InventedGraph): Readonly<Record<string, FieldRule>> {
  if (context === undefined) return {};
  return {
    'Query.unit': () => 'everywhere',
    ...(context.requires.length === 0 && {
      [`${context.taker}.scope`]: ({ n }, { in: around }) => `${String(n)} in ${String(around)}`,
    }),
  };
}

function contextualOf({ context }: InventedGraph): NonNullable<MadeUpGraph['contextual']> {
  if (context === undefined) return {};
  const holders = [...context.holders].map(
    ([type, field]) => [type, { field: field.name, args: argumentsOf(field) }] as const,
  );
  return { [`${context.taker}.scope`]: { argument: 'in', holders: new Map(holders) } };
}

/** What takes an argument gives another value for each. */
function argumentRules({ types }: InventedGraph): Readonly<Record<string, FieldRule>> {
  const rules = types.flatMap(({ name, fields }) =>
    fields.flatMap((field): [string, FieldRule][] => {
      if (!field.hasArgument) return [];
      const rule: FieldRule = (row, { by = 1 }) => {
        const value = row[field.name] as string | null;
        return value === null ? null : `${value} by ${String(by)}`;
      };
      return [[`${name}.${field.name}`, rule]];
    }),
  );
  return Object.fromEntries(rules);
}

function derivedRules({ types, animal, context }: InventedGraph): Readonly<Record<string, DerivedRule>> {
  const all = [...types, { name: 'Animal', fields: animal?.added ?? [] }];
  const rules = all.flatMap(({ name, fields }) =>
    fields.flatMap(({ name: field, requires }) => ruleOf(`${name}.${field}`, requires)),
  );
  return Object.fromEntries([...rules, ...ruleOf(`${context?.taker ?? ''}.scope`, context?.requires ?? [])]);
}

/** What requires something tells it, and what it takes from above. */
function ruleOf(coordinate: string, requires: InventedField['requires']): readonly [string, DerivedRule][] {
  if (requires.length === 0) return [];
  const rule: DerivedRule = (read, { in: around }) =>
    [...requires.map((way) => valueAt(read, way)), ...(around === undefined ? [] : [around])].map(String).join(' and ');
  return [[coordinate, rule]];
}

function valueAt(value: unknown, [step, ...rest]: InventedWay): unknown {
  if (step === undefined || value === null || value === undefined) return value ?? null;
  if (Array.isArray(value)) return value.map((item) => valueAt(item, [step, ...rest]));
  const read = value as Read;
  const { field, of } = step;
  if (of !== undefined && read('__typename') !== of) return 'another';
  return valueAt(read(field.name, argumentsOf(field)), rest);
}

/** With what a subgraph needs a field of another. */
function argumentsOf({ hasArgument }: Pick<InventedField, 'hasArgument'>): Args {
  return hasArgument ? { by: REQUIRED_BY } : {};
}
