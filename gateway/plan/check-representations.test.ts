import { describe, expect, it } from '@jest/globals';
import { composeServices } from '@apollo/composition';
import { buildASTSchema, parse } from 'graphql';
import { createRepresentationsCheck } from './check-representations.ts';
import type { CompiledPlan, FetchNode, Path, PlanNode, RequiredSelection } from './compiled-plan.ts';
import { definitionsOf } from './parse-once.ts';

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9",
  import: ["@key", "@external", "@requires", "@interfaceObject"])`;
const SUBGRAPHS = {
  media: `type Query { all: [Media] }
    interface Media @key(fields: "id") { id: ID! title: String maker: Maker next: Media }
    type Book implements Media @key(fields: "id") { id: ID! title: String maker: Maker next: Media }
    type Film implements Media @key(fields: "id") { id: ID! title: String maker: Maker next: Media }
    type Maker { name: String born: Int }`,
  ratings: `type Media @key(fields: "id") @interfaceObject {
      id: ID! stars: Int title: String @external maker: Maker @external
      headline: String @requires(fields: "title") credit: String @requires(fields: "maker { name born }")
    }
    type Maker { name: String @external born: Int @external }`,
};

const check = createRepresentationsCheck(buildASTSchema(parse(supergraph()), { assumeValidSDL: true }));
const { operation } = definitionsOf(parse('{ all { id } }'));

const ALL: Path = [{ kind: 'key', key: 'all' }, { kind: 'items' }];
const ASKED = '{ _entities(representations: $representations) { ... on Media { stars headline } } }';
const TITLE = ['id', 'title'].map((name) => field(name));

describe('the check that what fields require was asked for', () => {
  it('finds objects of a type of which it was not', () => {
    const titled = (types: string): FetchNode => media(`{ all { __typename id ${types} } }`);

    expect(refusalOf(inTurn(titled('... on Film { title }'), ratings(TITLE)))).toBe(
      'the plan asks "ratings" for Book.headline before what it requires',
    );
    expect(refusalOf(inTurn(titled('title'), ratings(TITLE)))).toBeUndefined();
    expect(refusalOf(inTurn(titled('... on Film { title }'), ratings(TITLE, ['Film'])))).toBeUndefined();
    expect(refusalOf(inTurn(titled('title'), ratings([field('id')])))).toContain('headline before what it requires');
  });

  it('counts what was asked for before, and not beside', () => {
    const [first, later] = [media('{ all { __typename id } }'), media('{ all { title } }')];

    expect(refusalOf(inTurn(first, later, ratings(TITLE)))).toBeUndefined();
    expect(refusalOf(inTurn(first, ratings(TITLE), later))).toContain('headline');
    expect(refusalOf(inTurn(first, { kind: 'parallel', nodes: [later, ratings(TITLE)] }))).toContain('headline');
  });

  it('looks at all that is required of an object within', () => {
    const asked = '{ _entities(representations: $representations) { ... on Media { credit } } }';
    const sent = [field('id'), field('maker', [field('name'), field('born')])];

    expect(refusalOf(inTurn(media('{ all { id maker { name } } }'), ratings(sent, undefined, asked)))).toContain(
      'credit',
    );
    expect(
      refusalOf(inTurn(media('{ all { id maker { name born } } }'), ratings(sent, undefined, asked))),
    ).toBeUndefined();
  });

  it('goes by the types of the objects above', () => {
    const sent = media('{ all { ... on Book { next { id title } } ... on Film { next { id } } } }');
    const below = (name: string): Path => [
      ...ALL,
      { kind: 'type', types: new Set([name]) },
      { kind: 'key', key: 'next' },
    ];

    expect(refusalOf(inTurn(sent, ratings(TITLE, undefined, ASKED, below('Book'))))).toBeUndefined();
    expect(refusalOf(inTurn(sent, ratings(TITLE, undefined, ASKED, below('Film'))))).toContain('headline');
  });

  it('looks at what is deferred after the rest', () => {
    const root = media('{ all { id title } }');
    const deferred = (within: string | undefined, own: PlanNode) => ({
      id: String(within),
      within,
      after: [],
      root: own,
    });

    expect(refusalOf({ root, deferred: [deferred(undefined, ratings(TITLE))] })).toBeUndefined();
    expect(refusalOf({ root: media('{ all { id } }'), deferred: [deferred(undefined, ratings(TITLE))] })).toContain(
      'headline',
    );
  });
});

function refusalOf(plan: CompiledPlan): string | undefined {
  try {
    check(plan, { definition: operation, fragments: new Map() });
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

function inTurn(...nodes: readonly PlanNode[]): CompiledPlan {
  return { root: { kind: 'sequence', nodes } };
}

function media(document: string): FetchNode {
  const target = { kind: 'root', path: [], keys: ['all'], outputRewrites: [] } as const;
  return {
    kind: 'fetch',
    subgraph: 'media',
    operation: 'query',
    document,
    operationName: undefined,
    variables: [],
    target,
  };
}

function ratings(
  selections: readonly RequiredSelection[],
  types: readonly string[] = ['Book', 'Film'],
  asked = ASKED,
  path = ALL,
): FetchNode {
  const requires = [{ kind: 'fragment', types: new Set(types), selections } as const];
  const names = { responseKey: '_entities', representations: 'representations' };
  const batch = { ...names, paths: [path], requires, inputRewrites: [], outputRewrites: [] };
  const document = `query ($representations: [_Any!]!) ${asked}`;
  return { ...media(document), subgraph: 'ratings', target: { kind: 'entities', batches: [batch] } };
}

function field(name: string, selections?: readonly RequiredSelection[]): RequiredSelection {
  return { kind: 'field', key: name, name, selections };
}

function supergraph(): string {
  const { supergraphSdl, errors } = composeServices(
    Object.entries(SUBGRAPHS).map(([name, sdl]) => ({ name, url: 'http://x/', typeDefs: parse(`${LINK} ${sdl}`) })),
  );
  if (supergraphSdl === undefined) throw new Error(String(errors));
  return supergraphSdl;
}
