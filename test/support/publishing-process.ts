import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { BusAddress } from '../../events/bus-address.ts';

const BATCHES_BEFORE_THE_KILL = 10;

/**
 * Lets a process of its own publish batches of three events, numbered from `first` on, one after the other, and kills it while it
 * publishes. Resolves with the number of the first batch that it had not reported as published: what a relay would publish again.
 */
export async function publishUntilKilled(address: BusAddress, first: number): Promise<number> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', 'test/support/publish-main.ts', JSON.stringify(address), `${first}`],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let next = first;
  for await (const line of createInterface(child.stdout)) {
    next = Number(line) + 1;
    if (next >= first + BATCHES_BEFORE_THE_KILL) child.kill('SIGKILL');
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  if (child.signalCode !== 'SIGKILL') throw new Error(`the publisher ended by itself, with code ${child.exitCode}`);
  return next;
}
