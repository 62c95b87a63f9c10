import { expect, it } from '@jest/globals';
import { buildSchema, parse, specifiedRules, validate, type DocumentNode } from 'graphql';
import { deferAtRootRule, deferLabelsRule } from './defer-rules.ts';
import { inOnePass } from './in-one-pass.ts';
import { isPlainlyValid } from './plainly-valid.ts';

const schema = buildSchema(`
  directive @defer(label: String, if: Boolean! = true) on FRAGMENT_SPREAD | INLINE_FRAGMENT
  type Query { me(id: ID): Person people(first: Int = 5, filter: Filter, kinds: [Kind!]): [Being!]! }
  type Mutation { add(filter: Filter!): Person }
  type Subscription { seen: Person heard: Person }
  interface Being { id: ID! name: String }
  type Person implements Being { id: ID! name: String friends(first: Int): [Person] }
  type Robot implements Being { id: ID! name(short: Boolean): String maker: Person }
  enum Kind { PERSON ROBOT }
  input Filter { name: String! kind: Kind }`);

const rules = [...specifiedRules, deferLabelsRule, deferAtRootRule];

const texts = [
  'query ($id: ID!, $first: Int) { me(id: $id) { id called: name friends(first: $first) { __typename id } } }',
  '{ people(first: 3, kinds: ROBOT) { __typename name } me(id: 7) { name } twice: me(id: "x") { id } }',
  'mutation ($filter: Filter!) { add(filter: $filter) { id friends(first: 2147483648) { id } } }',
  '{ me { id name friends { id } } }',
  'query One($id: ID, $first: Int = 3) { me(id: $id) { id friends(first: $first) { ...Named } } } fragment Named on Person { name }',
  'query ($kinds: [Kind!]) { people(kinds: $kinds, filter: { name: "x", kind: ROBOT }) { id ... on Robot { maker { id } } } }',
  'mutation ($filter: Filter!) { a: add(filter: $filter) { id } b: add(filter: { name: "y" }) { name } }',
  'subscription ($on: Boolean!) { seen { id @include(if: $on) ...F @defer(label: "a") } } fragment F on Person { friends { id } }',
  '{ me { id id: name friends { id } friends { name } } people { name ... on Robot { name(short: true) } } }',
  'query A { me { id } } query B { me { ...B } } fragment B on Person { friends { ...B } }',
  'type Extra { id: ID } { me { id } }',
];

/** Texts that came of others: a word is left out, said twice, or put in the place of another. */
function* disordered(): Generator<string> {
  for (const text of texts) {
    const words = text.match(/\w+|"[^"]*"|\.\.\.|[^\s\w]/g) ?? [];
    for (let index = 0; index < words.length; index += 1) {
      const word = words[index] ?? '';
      const other = words[(index * 7 + 3) % words.length] ?? '';
      for (const put of [[], [word, word], [other], [`${word}x`], [other, word]])
        yield words.toSpliced(index, 1, ...put).join(' ');
    }
  }
}

function parsed(text: string): DocumentNode | undefined {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}

/** What is said of a document, and where; or what a rule throws. */
function said(document: DocumentNode, asked: typeof rules): unknown {
  try {
    return validate(schema, document, asked, { maxErrors: 3 }).map((error) => error.toJSON());
  } catch (error) {
    return error;
  }
}

const documents = [...texts, ...disordered()].map(parsed).filter((one) => one !== undefined);
const verdicts = documents.map((document) => ({ document, expected: said(document, rules) }));
const isFine = ({ expected }: { readonly expected: unknown }): boolean =>
  Array.isArray(expected) && expected.length === 0;

it('finds plainly valid nothing that a rule of graphql-js finds fault with', () => {
  const plain = verdicts.filter(({ document }) => isPlainlyValid(schema, document));

  expect(plain.length).toBeGreaterThan(20);
  expect(plain.filter((one) => !isFine(one))).toEqual([]);
});

it('says the same in one pass as the rules of graphql-js one by one', () => {
  const found = verdicts.map(({ document, expected }) => ({ expected, found: said(document, [inOnePass(rules)]) }));

  expect(found.filter((one) => !isFine(one)).length).toBeGreaterThan(200);
  for (const one of found) expect(one.found).toEqual(one.expected);
});
