import { expect, it } from '@jest/globals';
import { composeServices } from '@apollo/composition';
import { buildASTSchema, Kind, parse, print, type FragmentDefinitionNode } from 'graphql';
import { createObjectTypeNaming } from './name-object-types.ts';

const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@interfaceObject"])';
const SUBGRAPHS = {
  media: `type Query { newest: Media }
    interface Media @key(fields: "id") { id: ID! }
    interface Work { year: Int }
    interface Heard { seconds: Int }
    type Book implements Media & Work @key(fields: "id") { id: ID! year: Int next: Media }
    type Film implements Media & Work & Heard @key(fields: "id") { id: ID! year: Int seconds: Int }
    type Song implements Media & Heard @key(fields: "id") { id: ID! seconds: Int }`,
  ratings: `type Query { rated: [Media] works: Int }
    type Media @key(fields: "id") @interfaceObject { id: ID! stars: Int }`,
};

const nameTypes = createObjectTypeNaming(supergraph());

/** What an operation becomes, on one line. */
function named(query: string): string | undefined {
  const { definitions } = parse(query, { noLocation: true });
  const [definition] = definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error('no operation');
  const fragments = definitions.filter((one): one is FragmentDefinitionNode => one.kind === Kind.FRAGMENT_DEFINITION);
  const result = nameTypes({ definition, fragments: new Map(fragments.map((one) => [one.name.value, one])) });
  return result && print(result.definition).replaceAll(/\s+/g, ' ');
}

it('names each type that a fragment on another interface lets through', () => {
  expect(named('{ rated { stars ... on Work { year } } }')).toBe(
    '{ rated { stars ... on Book { year } ... on Film { year } } }',
  );
});

it('goes on within fragments, named ones too, and leaves out what no object is', () => {
  const query = `{ rated { ...Heard } }
    fragment Heard on Heard { seconds ... on Work { year } ... on Media { id ... on Book { year } ... on Song { seconds } } }`;

  expect(named(query)).toBe('{ rated { ... on Film { seconds year id } ... on Song { seconds id seconds } } }');
});

it('says the type of an object of which nothing else is left', () => {
  expect(named('{ rated { ... on Work { ... on Song { id } } } }')).toBe(
    '{ rated { ... on Book { __typename } ... on Film { __typename } } }',
  );
});

it('goes on below fields', () => {
  expect(named('{ newest { ... on Book { next { ... on Heard { seconds } } } } }')).toBe(
    '{ newest { ... on Book { next { ... on Film { seconds } ... on Song { seconds } } } } }',
  );
});

it('has nothing to say where objects and their own interface alone are meant', () => {
  expect(named('{ rated { ... on Media { id ... on Book { year } ... { stars } } } works }')).toBeUndefined();
});

it('gives up what would become too large', () => {
  const nested = (depth: number): string =>
    depth === 0 ? 'id' : `id ... on Book { next { ... on Heard { seconds } ${nested(depth - 1)} } }`;
  const doubling = (depth: number): string =>
    depth === 0 ? 'year' : `...${'F'.repeat(depth)} ...${'F'.repeat(depth)}`;
  const fragments = Array.from(
    { length: 30 },
    (_, index) => `fragment ${'F'.repeat(index + 1)} on Work { ${doubling(index)} }`,
  );

  expect(named(`{ rated { ${nested(20)} } }`)).toBeDefined();
  expect(named(`{ rated { ${doubling(30)} } } ${fragments.join(' ')}`)).toBeUndefined();
});

function supergraph() {
  const services = Object.entries(SUBGRAPHS).map(([name, sdl]) => ({
    name,
    url: `http://${name}.invalid`,
    typeDefs: parse(`${LINK}\n${sdl}`),
  }));
  const { supergraphSdl = '', errors = [] } = composeServices(services);
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('\n'));
  return buildASTSchema(parse(supergraphSdl), { assumeValidSDL: true });
}
