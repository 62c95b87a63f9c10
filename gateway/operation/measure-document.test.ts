import { expect, it } from '@jest/globals';
import { parse } from 'graphql';
import { brokenLimit } from './measure-document.ts';

const limits = {
  maxTokens: 1_000,
  maxDepth: 3,
  maxAliases: 2,
  maxRootFields: 2,
  maxFields: 6,
  maxNesting: 100,
  maxAnswerFields: 100,
  assumedListLength: 1,
};
const broken = (text: string) => brokenLimit(parse(text), limits);

it.each([
  '{ a { b { c } } }',
  '{ x: a y: b }',
  '{ ...f } fragment f on Query { a { b { c } } }',
  '{ ... on Query { a } b }',
  '{ ...missing }',
  'fragment f on Query { a { b { c { d } } } }',
])('lets through what keeps within every limit: %s', (text) => {
  expect(broken(text)).toBeUndefined();
});

it.each([
  ['deeper than 3', '{ a { b { c { d } } } }'],
  ['deeper than 3', '{ a { ...f } } fragment f on A { b { c { d } } }'],
  ['more than 2 aliases', '{ a { x: b y: b z: b } }'],
  ['more than 2 aliases', '{ a { ...f } b { ...f } } fragment f on A { x: c y: c }'],
  ['more than 2 root fields', '{ a b c }'],
  ['more than 2 root fields', '{ ...f ...f } fragment f on Query { a b }'],
  ['more than 6 fields', '{ a { b c d } e { b c d } }'],
  ['deeper than 3', 'query A { a } query B { a { b { c { d } } } }'],
])('says "%s" of %s', (words, text) => {
  expect(broken(text)).toContain(words);
});

it('counts fragments that double at every level without walking them at every spread', () => {
  const levels = 200;
  const fragments = Array.from({ length: levels }, (_, i) => `fragment f${i} on A { ...f${i + 1} ...f${i + 1} }`);

  expect(broken(`{ a { ...f0 } } ${fragments.join(' ')} fragment f${levels} on A { b }`)).toContain(
    'more than 6 fields',
  );
});

it('comes to an end with fragments that spread each other', () => {
  expect(broken('{ ...f } fragment f on Query { a ...g } fragment g on Query { b ...f }')).toBeUndefined();
});
