import { expect, it } from '@jest/globals';
import { parseSubgraphAnswer } from './parse-subgraph-answer.ts';
import { createJsonReader } from './read/create-json-reader.ts';

const parsed = (text: string) => parseSubgraphAnswer(Buffer.from(text), createJsonReader('{a}'));

it.each([
  ['{"data":{"a":1}}', { data: { a: 1 }, errors: [] }],
  ['{"data":{"a":1},"errors":null}', { data: { a: 1 }, errors: [] }],
  ['{"errors":[{"message":"no"}]}', { data: null, errors: [{ message: 'no' }] }],
  [
    '{"data":null,"errors":[{"message":"no","path":["a",0]}]}',
    { data: null, errors: [{ message: 'no', path: ['a', 0] }] },
  ],
])('takes %s', (text, expected) => {
  expect(parsed(text)).toEqual({ ...expected, isPlain: true });
});

it('knows of every string that has to be escaped when it is written again', () => {
  for (const text of ['a"b', 'a\\b', 'a\nb', '\u0000', '\ud800', '\u2028é😀', 'plain'])
    for (const sent of [JSON.stringify({ data: { text } }), JSON.stringify({ data: { [text]: 1 } })]) {
      const answer = parsed(sent);
      const hasToBe = JSON.stringify(text) !== `"${text}"`;

      expect(answer?.isPlain).toBe(!hasToBe);
    }
});

it.each([
  '',
  '<html>',
  '"data"',
  '[]',
  '{}',
  '{"data":null}',
  '{"data":[]}',
  '{"data":"x"}',
  '{"errors":[]}',
  '{"errors":["no"]}',
  '{"errors":[{"message":7}]}',
  '{"errors":[{"message":"no","path":"a"}]}',
  '{"errors":[{"message":"no","extensions":[]}]}',
])('does not take %s', (text) => {
  expect(parsed(text)).toBeUndefined();
});
