import { describe, expect, it } from '@jest/globals';
import { composeServices } from '@apollo/composition';
import { buildASTSchema, parse } from 'graphql';
import type { CompiledPlan } from '../compiled-plan.ts';
import { fetchesOf } from '../map-plan.ts';
import { createObjectTypes } from '../object-types.ts';
import { createPlainAdapter } from './create-plain-adapter.ts';

const LINK = `extend schema @link(
  url: "https://specs.apollo.dev/federation/v2.9"
  import: ["@key", "@shareable", "@external", "@requires", "@provides", "@override", "@context", "@fromContext"]
)`;

function plannerOf(subgraphs: Readonly<Record<string, string>>) {
  const { supergraphSdl, errors } = composeServices(
    Object.entries(subgraphs).map(([name, sdl]) => ({
      name,
      url: `http://${name}.example/`,
      typeDefs: parse(`${LINK} ${sdl}`),
    })),
  );
  if (supergraphSdl === undefined) throw new Error(String(errors));
  const schema = buildASTSchema(parse(supergraphSdl), { assumeValidSDL: true });
  const planner = createPlainAdapter(schema, createObjectTypes(schema));
  return (document: string, percentage = 50): Promise<CompiledPlan> =>
    planner.plan({ document, operationName: undefined, percentage });
}

/** Who is asked for what, each on one line. */
function asked(plan: CompiledPlan): readonly string[] {
  return fetchesOf(plan).map(({ subgraph, document }) => `${subgraph} ${document}`);
}

const SHARED = {
  left: 'type Desk @shareable { open: Boolean lamp: Lamp } type Lamp @shareable { watts: Int }',
  right: 'type Desk @shareable { open: Boolean lamp: Lamp clerk: String } type Lamp @shareable { watts: Int hue: Int }',
};

describe('the plain planner', () => {
  it('asks another for the rest of what no key tells of, from where both begin', async () => {
    const plan = plannerOf({
      left: `type Query { desk: Desk @shareable } ${SHARED.left} extend type Desk { drawers: Int }`,
      right: `type Query { desk: Desk @shareable } ${SHARED.right}`,
    });

    expect(asked(await plan('{ desk { open drawers clerk lamp { watts hue } } }'))).toEqual([
      'right {desk{open clerk lamp{watts hue}}}',
      'left {desk{__typename drawers}}',
    ]);
    expect(asked(await plan('{ desk { open clerk lamp { watts hue } } }'))).toEqual([
      'right {desk{open clerk lamp{watts hue}}}',
    ]);
  });

  it('begins a mutation in the one subgraph that has it all, or has no plan', async () => {
    const plan = plannerOf({
      left: `type Query { a: Int } type Mutation { tidy: Desk @shareable wipe: Int } ${SHARED.left}`,
      right: `type Query { b: Int } type Mutation { tidy: Desk @shareable } ${SHARED.right}`,
    });

    expect(asked(await plan('mutation { tidy { open clerk } }'))).toEqual(['right mutation{tidy{open clerk}}']);
    await expect(plan('mutation { wipe tidy { clerk } }')).rejects.toThrow('begin in several subgraphs');
  });

  it('asks whom a progressive override names for the request', async () => {
    const plan = plannerOf({
      old: 'type Query { item: Item } type Item @key(fields: "id") { id: ID! price: Int }',
      new: 'type Item @key(fields: "id") { id: ID! price: Int @override(from: "old", label: "percent(30)") }',
    });

    expect(asked(await plan('{ item { price } }', 30))).toEqual(['old {item{price}}']);
    expect(asked(await plan('{ item { price } }', 29))).toEqual([
      'old {item{__typename id}}',
      'new query($representations:[_Any!]!){_entities(representations:$representations){...on Item{price}}}',
    ]);
  });

  it('takes what a path provides from there, and from its owner where none does', async () => {
    const plan = plannerOf({
      people: 'type Query { me: Person } type Person @key(fields: "id") { id: ID! nick: String @shareable }',
      posts: `type Query { first: Post last: Post }
        type Post { by: Person @provides(fields: "nick") to: Person }
        type Person @key(fields: "id") { id: ID! nick: String @external }`,
    });

    expect(asked(await plan('{ first { by { nick } } last { to { nick } } }'))).toEqual([
      'posts {first{by{nick}} last{to{__typename id}}}',
      'people query($representations:[_Any!]!){_entities(representations:$representations){...on Person{nick}}}',
    ]);
  });

  it('asks a subgraph in one request for objects of several places, and for what requires more and what does not', async () => {
    const plan = plannerOf({
      shop: `type Query { first: Item others: [Item!]! }
        type Item @key(fields: "id") { id: ID! name: String weight: Int price: Int }`,
      post: `type Item @key(fields: "id") { id: ID! stock: Int weight: Int @external fee(kind: String): Int @requires(fields: "weight") }`,
      names: 'type Item @key(fields: "id") { id: ID! label: String }',
    });

    expect(asked(await plan('{ first { stock fee label } others { label stock } }'))).toEqual([
      'shop {first{__typename id weight} others{__typename id}}',
      'post query($representations0:[_Any!]! $representations1:[_Any!]!){_e0:_entities(representations:$representations0){...on Item{stock}}' +
        ' _e1:_entities(representations:$representations1){...on Item{fee}}}',
      'names query($representations:[_Any!]!){_entities(representations:$representations){...on Item{label}}}',
    ]);
    const named = await plan(
      'query ($representations0: String) { first { stock } others { fee(kind: $representations0) } }',
    );
    expect(fetchesOf(named).map(({ document }) => document.slice(0, document.indexOf('{')))).toEqual([
      '',
      'query($representations_0:[_Any!]! $representations_1:[_Any!]! $representations0: String)',
    ]);
  });

  it('passes the variables on that a request uses, with their types and defaults', async () => {
    const plan = plannerOf({
      left: 'type Query { desk(n: Int): Int lamp(on: Boolean): Int }',
      right: 'type Query { x: Int }',
    });

    const { root } = await plan('query ($n: Int = 3, $on: Boolean) { desk(n: $n) x }');

    expect(root?.kind).toBe('parallel');
    expect(fetchesOf({ root }).map(({ document, variables }) => [document.split('{')[0]?.trim(), variables])).toEqual([
      ['query($n: Int = 3)', ['n']],
      ['', []],
    ]);
  });

  it('asks by a request of its own for what cannot stand beside another field of its name, where a key leads there', async () => {
    const planWith = (key: string) =>
      plannerOf({
        left: `type Query { pet: Pet } union Pet = Cat | Dog
          type Cat${key} { id: ID! name: String @shareable } type Dog${key} { id: ID! @shareable name: String! @shareable }`,
        right: `type Query { x: Int } type Dog${key} { id: ID! @shareable name: String @shareable }`,
      })('{ pet { ... on Cat { name } ... on Dog { name } } }');

    expect(asked(await planWith(' @key(fields: "id")'))).toEqual([
      'left {pet{__typename ...on Cat{name} ...on Dog{id}}}',
      'left query($representations:[_Any!]!){_entities(representations:$representations){...on Dog{name}}}',
    ]);
    await expect(planWith('')).rejects.toThrow('the plan would ask nobody for name of Dog');
  });

  it('does so, too, where two objects have it of which the subgraph knows no interface that says it', async () => {
    const plan = plannerOf({
      pets: `
        type Query { pet: Animal }
        interface Animal { name: String }
        type Cat implements Animal @key(fields: "id") { id: ID! name: String kin: Animal! }
        type Dog implements Animal @key(fields: "id") { id: ID! name: String kin: Dog }
      `,
      names: 'interface Animal { name: String kin: Animal }',
    });

    expect(asked(await plan('{ pet { kin { name } } }'))).toEqual([
      'pets {pet{__typename ...on Cat{kin{__typename name}} ...on Dog{id}}}',
      'pets query($representations:[_Any!]!){_entities(representations:$representations){...on Dog{kin{name}}}}',
    ]);
  });

  it('takes a value from those objects above alone that lead there', async () => {
    const plan = plannerOf({
      wards: `
        type Query @context(name: "ward") { unit: String spots: [Spot] }
        union Spot = Ward | Hall
        type Ward @context(name: "ward") { unit: String bed: Bed }
        type Hall { bed: Bed }
        type Bed @key(fields: "id") { id: ID! length(unit: String @fromContext(field: "$ward { unit }")): String }`,
    });
    const first = async (document: string) => asked(await plan(document))[0];

    expect(await first('{ spots { ... on Ward { bed { length } } } }')).toBe(
      'wards {spots{__typename ...on Ward{bed{__typename id} unit}}}',
    );
    expect(await first('{ spots { ... on Hall { bed { length } } } }')).toBe(
      'wards {spots{__typename ...on Hall{bed{__typename id}}} unit}',
    );
  });

  it('asks nobody for what can never be there: fields of an interface that no type implements', async () => {
    const plan = plannerOf({
      pets: 'type Query { pets: [Animal] } interface Animal { name: String }',
      names: 'type Query { x: Int } interface Animal { name: String title: String }',
    });

    expect(asked(await plan('{ pets { title ... on Animal { name title } } }'))).toEqual(['pets {pets{__typename}}']);
  });

  it('gives up what is too large, also where fragments multiply it', async () => {
    const plan = plannerOf({
      left: 'type Query { me: Person } type Person { name: String friend: Person }',
      right: 'type Query { x: Int }',
    });
    const doubling = (level: number): string =>
      level === 0
        ? 'fragment F0 on Person { name }'
        : `fragment F${level} on Person { friend { ...F${level - 1} ...F${level - 1} } } ${doubling(level - 1)}`;

    await expect(plan(`{ me { ...F20 } } ${doubling(20)}`)).rejects.toThrow('too much');
    expect(asked(await plan(`{ me { ...F2 } } ${doubling(2)}`))).toEqual([
      'left {me{__typename friend{__typename friend{__typename name}}}}',
    ]);
  });

  it('asks of several types as of an interface that they have in common, and no others', async () => {
    const plan = plannerOf({
      left: `type Query { pet: Pet } interface Pet { friend: Pet } interface Furry { friend: Pet }
        type Cat implements Pet & Furry { friend: Pet } type Dog implements Pet & Furry { friend: Pet }
        type Owl implements Pet { friend: Pet }`,
      right: 'type Query { x: Int }',
    });

    expect(asked(await plan('{ pet { ... on Furry { friend { ... on Furry { friend { __typename } } } } } }'))).toEqual(
      ['left {pet{__typename ...on Furry{friend{__typename ...on Furry{friend{__typename}}}}}}'],
    );
  });

  it('gives up what would have to be written too often, for each of several types anew', async () => {
    const shared = 'friend: Pet @shareable';
    const plan = plannerOf({
      left: `type Query { pet: Pet } interface Pet { friend: Pet }
        type Cat implements Pet { ${shared} } type Dog implements Pet { ${shared} } type Owl implements Pet { ${shared} }`,
      right: `type Query { x: Int } interface Pet { friend: Pet } interface Furry { friend: Pet }
        type Cat implements Pet & Furry { ${shared} } type Dog implements Pet & Furry { ${shared} }`,
    });
    const nested = (levels: number): string =>
      levels === 0 ? '__typename' : `... on Furry { friend { ${nested(levels - 1)} } }`;

    await expect(plan(`{ pet { ${nested(15)} } }`)).rejects.toThrow('ask for too much');
    expect(asked(await plan(`{ pet { ${nested(1)} } }`))).toEqual([
      'left {pet{__typename ...on Cat{friend{__typename}} ...on Dog{friend{__typename}}}}',
    ]);
  });

  it('takes no supergraph that does not say who has which type', async () => {
    const schema = buildASTSchema(parse('type Query { a: Int }'));
    const planner = createPlainAdapter(schema, createObjectTypes(schema));

    await expect(planner.plan({ document: '{ a }', operationName: undefined, percentage: 0 })).rejects.toThrow(
      'which subgraph has which type',
    );
  });
});
