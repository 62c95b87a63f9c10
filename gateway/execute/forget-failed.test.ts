import { expect, it } from '@jest/globals';
import { forgetFailed } from './forget-failed.ts';

const data = () => ({ row: { size: null, name: null }, rows: [{ part: null }, null, { part: { size: 1 } }] });

it.each([
  ['a field', ['row', 'size'], { ...data(), row: { name: null } }],
  [
    'a field of which something below failed',
    ['rows', 0, 'part', 'size'],
    { ...data(), rows: [{}, null, data().rows[2]] },
  ],
  ['nothing where a list has the null', ['rows', 1, 'part'], data()],
  ['nothing where there is a value', ['rows', 2, 'part', 'size'], data()],
  ['nothing where the path leads nowhere', ['rows', 7, 'size'], data()],
  ['nothing that is inherited', ['row', 'constructor', 'name'], data()],
])('takes out %s', (_case, path, expected) => {
  const answer = { data: data(), errors: [{ message: 'no', path }] };

  forgetFailed(answer);

  expect(answer.data).toStrictEqual(expected);
});

it('leaves an answer alone that has no data, or an error without a path', () => {
  const answers = [
    { data: null, errors: [{ message: 'no', path: ['row'] }] },
    { data: data(), errors: [{ message: 'no' }] },
  ];

  for (const answer of answers) forgetFailed(answer);

  expect(answers.map((answer) => answer.data)).toEqual([null, data()]);
});
