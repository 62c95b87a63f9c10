import { expect, it } from '@jest/globals';
import { createRequestIds } from './create-request-ids.ts';

it('gives another id each time, of 32 hexadecimal digits, also past what it asks of the system at once', () => {
  const newId = createRequestIds();

  const ids = Array.from({ length: 1_000 }, newId);

  expect(new Set(ids).size).toBe(1_000);
  expect(ids.every((id) => /^[0-9a-f]{32}$/.test(id))).toBe(true);
});
