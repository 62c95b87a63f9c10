import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { buildASTSchema, extendSchema, parse, type GraphQLSchema } from 'graphql';
import { accessRules, isDemanding, judge, type AccessRule } from './access.ts';
import { ANONYMOUS, type Identity, type Role } from './identity.ts';
import { SUBGRAPH_NAMES } from './names.ts';

const schemaOf = (sdl: string): GraphQLSchema => buildASTSchema(parse(sdl), { assumeValidSDL: true });
const user = (roles: Role[], scopes: string[] = []): Identity => ({ kind: 'user', subject: 'u', roles, scopes });
const partner = (scopes: string[]): Identity => ({ kind: 'partner', subject: 'p', roles: ['PARTNER'], scopes });
const rule = (part: Partial<AccessRule>): AccessRule => ({ isSignedIn: false, scopes: [], policies: [], ...part });

describe('collecting', () => {
  it("adds up the demands of a field, of its parent type and of what it returns, a list's items included", () => {
    const rules = accessRules(
      schemaOf(`
        type Query { things: [Thing!]! @requiresScopes(scopes: [["a", "b"], ["c"]]) open: String }
        type Thing @authenticated { id: ID! size: Size name: String @policy(policies: [["role:ADMIN"]]) }
        enum Size @policy(policies: [["role:DOCTOR"]]) { BIG }
      `),
    );

    expect(rules.get('Query.things')).toEqual(rule({ isSignedIn: true, scopes: [[['a', 'b'], ['c']]] }));
    expect(rules.get('Query.open')).toEqual(rule({}));
    expect(rules.get('Thing.id')).toEqual(rule({ isSignedIn: true }));
    expect(rules.get('Thing.size')).toEqual(rule({ isSignedIn: true, policies: [[['role:DOCTOR']]] }));
    expect(rules.get('Thing.name')).toEqual(rule({ isSignedIn: true, policies: [[['role:ADMIN']]] }));
  });

  it('sees what an extension of a type demands', () => {
    const base = schemaOf('type Query { thing: Thing } type Thing { id: ID! }');
    const extended = extendSchema(base, parse('extend type Thing @authenticated'), { assumeValidSDL: true });

    expect(accessRules(extended).get('Query.thing')?.isSignedIn).toBe(true);
  });

  it.each([
    ['its own name', '@link(url: "https://specs.apollo.dev/policy/v0.1")', '@policy'],
    ['the name of the link', '@link(url: "https://specs.apollo.dev/policy/v0.1", as: "rules")', '@rules'],
    [
      'an import by another name',
      '@link(url: "https://specs.apollo.dev/policy/v0.1", import: [{ name: "@policy", as: "@only" }])',
      '@only',
    ],
    [
      "federation's import",
      '@link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@policy"])',
      '@policy',
    ],
    ["federation's prefix", '@link(url: "https://specs.apollo.dev/federation/v2.9")', '@federation__policy'],
    ['another prefix', '@link(url: "https://specs.apollo.dev/federation/v2.9", as: "fed")', '@fed__policy'],
  ])('knows a directive by %s', (_case, link, directive) => {
    const fields = `type Query { field: String ${directive}(policies: [["role:ADMIN"]]) }`;

    const definition = schemaOf(`schema ${link} { query: Query } ${fields}`);
    const extension = schemaOf(`extend schema ${link} ${fields}`);

    for (const schema of [definition, extension])
      expect(accessRules(schema).get('Query.field')?.policies).toEqual([[['role:ADMIN']]]);
  });

  it("leaves alone a directive of the same name that is somebody else's", () => {
    const rules = accessRules(
      schemaOf(`
        schema @link(url: "https://specs.apollo.dev/join/v0.5") { query: Query }
        type Query { field: String @authenticated }
      `),
    );

    expect(rules.get('Query.field')).toEqual(rule({}));
  });

  it.each(SUBGRAPH_NAMES)('finds in the supergraph every demand that the %s subgraph makes', (name) => {
    const read = (path: string): GraphQLSchema => schemaOf(readFileSync(new URL(path, import.meta.url), 'utf8'));
    const supergraph = accessRules(read('../supergraph.graphql'));
    const own = [...accessRules(read(`../subgraphs/${name}/schema.graphql`))].filter(([, own]) => isDemanding(own));

    expect(own.length).toBeGreaterThan(0);
    for (const [coordinate, { isSignedIn, scopes, policies }] of own) {
      const composed = supergraph.get(coordinate);
      if (isSignedIn) expect([coordinate, composed?.isSignedIn]).toEqual([coordinate, true]);
      expect([coordinate, composed?.scopes]).toEqual([coordinate, expect.arrayContaining([...scopes])]);
      expect([coordinate, composed?.policies]).toEqual([coordinate, expect.arrayContaining([...policies])]);
    }
  });
});

describe('judging', () => {
  it('lets everyone through where nothing is demanded', () => {
    for (const identity of [ANONYMOUS, user([]), partner([])]) expect(judge(rule({}), identity)).toBe('allowed');
  });

  it('asks whoever is anonymous to sign in, whatever is demanded', () => {
    const demands = [{ isSignedIn: true }, { scopes: [[['a']]] }, { policies: [[['role:ADMIN']]] }];

    for (const demand of demands) expect(judge(rule(demand), ANONYMOUS)).toBe('unauthenticated');
  });

  it('does not take a partner for a person, and opens to it what its scopes and its role open', () => {
    expect(judge(rule({ isSignedIn: true }), partner(['a']))).toBe('forbidden');
    expect(judge(rule({ scopes: [[['a']]] }), partner(['a']))).toBe('allowed');
    expect(judge(rule({ policies: [[['role:PARTNER']]] }), partner([]))).toBe('allowed');
  });

  it('wants all names of one alternative, of every list', () => {
    const demand = rule({ scopes: [[['a', 'b'], ['c']], [['d']]], policies: [[['role:DOCTOR'], ['role:NURSE']]] });

    expect(judge(demand, user(['NURSE'], ['a', 'b', 'd']))).toBe('allowed');
    expect(judge(demand, user(['DOCTOR'], ['c', 'd']))).toBe('allowed');
    expect(judge(demand, user(['DOCTOR'], ['a', 'd']))).toBe('forbidden');
    expect(judge(demand, user(['DOCTOR'], ['c']))).toBe('forbidden');
    expect(judge(demand, user(['PATIENT'], ['c', 'd']))).toBe('forbidden');
  });

  it('lets nobody through an empty list of alternatives', () => {
    expect(judge(rule({ policies: [[]] }), user(['ADMIN']))).toBe('forbidden');
  });
});
