import { spawnSync } from 'node:child_process';
import { expect, it } from '@jest/globals';

it('ends the process with 1 and every bad setting in one message, without a stack', () => {
  const { status, stderr, stdout } = spawnSync(process.execPath, ['--import', 'tsx', 'subgraphs/doctors/main.ts'], {
    env: { PATH: process.env['PATH'], PORT: 'x', LOG_LEVEL: 'loud', DOCTORS_DATABASE_URL: 'mysql://db/doctors' },
    encoding: 'utf8',
  });

  expect(status).toBe(1);
  expect(stdout).toBe('');
  expect(stderr.trim().split('\n')).toEqual([
    'The doctors subgraph cannot start; mend these settings:',
    expect.stringMatching(/^ {2}PORT: /),
    expect.stringMatching(/^ {2}LOG_LEVEL: /),
    expect.stringMatching(/^ {2}DOCTORS_DATABASE_URL: not a postgresql:\/\/ URL/),
  ]);
});
