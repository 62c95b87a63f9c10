import { describe, expect, it } from '@jest/globals';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { graphql, parse } from 'graphql';
import { allow, rule } from '../../wire/graphql-shield.ts';
import { person } from '../../test/support/test-gateway.ts';
import { ANONYMOUS, type Identity } from '../../wire/identity.ts';
import { fieldsWithoutRule, guard, type Permissions } from './permissions.ts';

const schema = buildSubgraphSchema([
  {
    typeDefs: parse(`
      extend schema @link(
        url: "https://specs.apollo.dev/federation/v2.9"
        import: ["@key", "@authenticated", "@policy", "@requiresScopes"]
      )
      type Query { open: String closed: String forgotten: String mine: String @authenticated }
      type Mutation {
        write: String @policy(policies: [["role:DOCTOR"]]) @requiresScopes(scopes: [["records:write"]])
      }
      type Chart @key(fields: "id") @policy(policies: [["role:DOCTOR"], ["role:NURSE"]]) { id: ID! text: String note: String }
    `),
    resolvers: {
      Query: { open: () => 'open', closed: () => 'closed', forgotten: () => 'forgotten', mine: () => 'mine' },
      Mutation: { write: () => 'written' },
      Chart: { __resolveReference: ({ id }: { id: string }) => ({ id, text: `chart of ${id}`, note: 'a note' }) },
    },
  },
]);

const isTheirs = rule({ cache: 'no_cache' })(
  (chart: { id: string }, _args: unknown, { identity }: { identity: Identity }) =>
    identity.kind === 'user' && identity.subject === chart.id,
);
const permissions: Permissions = {
  Query: { open: allow, closed: rule()(() => false), mine: allow },
  Mutation: { '*': allow },
  Chart: { id: allow, '*': isTheirs },
};
const guarded = guard(schema, permissions);

async function ask(source: string, identity: Identity) {
  const { data, errors = [] } = await graphql({ schema: guarded, source, contextValue: { identity } });
  return { data: data as Record<string, unknown> | null, codes: errors.map(({ extensions }) => extensions['code']) };
}

describe('guard', () => {
  it('lets through what a rule allows and the schema does not demand', async () => {
    expect(await ask('{ open }', ANONYMOUS)).toEqual({ data: { open: 'open' }, codes: [] });
  });

  it('refuses what a rule refuses, and what nobody wrote a rule for', async () => {
    expect(await ask('{ closed forgotten }', person('u1', 'ADMIN'))).toEqual({
      data: { closed: null, forgotten: null },
      codes: ['FORBIDDEN', 'FORBIDDEN'],
    });
  });

  it('asks what the schema demands before the rule', async () => {
    const doctor: Identity = { kind: 'user', subject: 'd', roles: ['DOCTOR'], scopes: [] };

    expect(await ask('{ mine }', ANONYMOUS)).toMatchObject({ codes: ['UNAUTHENTICATED'] });
    expect(await ask('{ mine }', person('u1', 'PATIENT'))).toMatchObject({ data: { mine: 'mine' } });
    expect(await ask('mutation { write }', person('u1', 'PATIENT'))).toMatchObject({ codes: ['FORBIDDEN'] });
    expect(await ask('mutation { write }', doctor)).toMatchObject({ codes: ['FORBIDDEN'] });
    expect(await ask('mutation { write }', person('d', 'DOCTOR'))).toMatchObject({ data: { write: 'written' } });
  });

  it('guards entities field by field', async () => {
    const query = `{ _entities(representations: [{ __typename: "Chart", id: "d" }, { __typename: "Chart", id: "x" }]) {
      ... on Chart { id text note }
    } }`;

    const doctors = await ask(query, person('d', 'DOCTOR'));
    const patients = await ask(query, person('d', 'PATIENT'));

    expect(doctors.data).toEqual({
      _entities: [
        { id: 'd', text: 'chart of d', note: 'a note' },
        { id: 'x', text: null, note: null },
      ],
    });
    expect(patients.data).toEqual({ _entities: [null, null] });
  });

  it('leaves the schema to composition', async () => {
    expect((await ask('{ _service { sdl } }', ANONYMOUS)).codes).toEqual([]);
  });
});

describe('fieldsWithoutRule', () => {
  it('lists what would be refused to everyone', () => {
    expect(fieldsWithoutRule(schema, permissions)).toEqual(['Query.forgotten']);
  });
});
