import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { codesOf, startUsers, type UsersUnderTest } from '../../test/support/users-subgraph.ts';
import { paced } from './paced.ts';

const PACE_MS = 80;
/** Timers count in whole milliseconds. */
const ROUNDING_MS = 2;

async function durationOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work().catch(() => undefined);
  return performance.now() - start;
}

describe('paced work', () => {
  it('answers no sooner than its pace, whether it succeeds or fails', async () => {
    const quick = () => paced(PACE_MS, async () => 'done');
    const failing = () => paced(PACE_MS, () => Promise.reject(new Error('no')));

    expect(await durationOf(quick)).toBeGreaterThanOrEqual(PACE_MS - ROUNDING_MS);
    expect(await durationOf(failing)).toBeGreaterThanOrEqual(PACE_MS - ROUNDING_MS);
    await expect(quick()).resolves.toBe('done');
    await expect(failing()).rejects.toThrow('no');
  });
});

describe('answers about an address', () => {
  let users: UsersUnderTest;
  let letGo: () => void = () => undefined;
  beforeAll(async () => {
    const stuck = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    users = await startUsers({
      paceMs: PACE_MS,
      mailer: { send: ({ to }) => (to.startsWith('slow') ? stuck : Promise.resolve()) },
    });
  });
  afterAll(() => {
    letGo();
    return users.close();
  });

  it('take their pace, known or not', async () => {
    const input = { password: 'seven blue tractors', name: 'Some Body', role: 'PATIENT' };
    await users.ask('mutation ($input: RegisterInput!) { register(input: $input) { otpSentTo } }', {
      input: { ...input, email: 'pending@example.org' },
    });

    for (const email of ['pending@example.org', 'unknown@example.org']) {
      const resend = () => users.ask('mutation ($email: EmailAddress!) { resendOtp(email: $email) }', { email });
      const verify = () =>
        users.ask('mutation ($email: EmailAddress!) { verifyOtp(email: $email, code: "x") { tokenType } }', { email });
      expect(await durationOf(resend)).toBeGreaterThanOrEqual(PACE_MS - ROUNDING_MS);
      expect(await durationOf(verify)).toBeGreaterThanOrEqual(PACE_MS - ROUNDING_MS);
    }
  });

  it('do not wait for a mail that only a known address gets', async () => {
    await users.sql(
      `INSERT INTO account (id, email, password_hash, name, role, created_at)
       VALUES ('slow', 'slow@example.org', '$argon2id$x', 'Slow', 'PATIENT', now())`,
    );

    const answer = await users.ask('mutation { resendOtp(email: "slow@example.org") }');

    expect(answer).toEqual({ data: { resendOtp: true } });
    expect(codesOf(answer)).toEqual([]);
  });
});
