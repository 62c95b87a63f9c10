import { describe, expect, it } from '@jest/globals';
import { explainClose } from './close-reason.ts';

describe('the reason of a close', () => {
  it.each([
    [4401, '', 'This subscription needs a sign-in. Choose an account at the top, then run it again (close code 4401).'],
    [4999, 'Maintenance', 'The server has closed the connection (Maintenance, close code 4999).'],
    [1006, '', 'The connection to the gateway was lost, and could not be restored.'],
    [1012, 'Service restart', 'The connection to the gateway was lost, and could not be restored.'],
  ])('of code %d, "%s", reads: %s', (code, reason, words) => {
    expect(explainClose(code, reason)).toBe(words);
  });
});
