import { expect, it } from '@jest/globals';
import { respond } from './create-respond.ts';

const LONG = 'x'.repeat(10_000);

it.each([
  ['ASCII alone', LONG],
  ['a character of two bytes at its end', `${LONG}é`],
  ['a character of four bytes at its beginning', `🩺${LONG}`],
  ['half a character', `${LONG}\ud83e`],
  ['little', 'é'],
])('writes a text of %s, each byte of it', (_, text) => {
  const data = `{"text":"${text}"}`;

  const { status, body } = respond({ kind: 'ran', result: { data } }, 'application/json');

  expect(status).toBe(200);
  expect(Buffer.from(body)).toEqual(Buffer.from(`{"data":${data}}`));
});
