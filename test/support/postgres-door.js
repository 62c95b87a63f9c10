import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const guardian = fileURLToPath(new URL('./postgres-guardian-main.ts', import.meta.url));

/**
 * Listens for Jest's workers: whoever connects is sent one line of JSON, `{ "url" }` of the run's PostgreSQL or `{ "error" }`.
 * The server is started for the first who asks, so that runs without databases cost nothing. It is watched over by a process
 * of its own, whose standard input is held open from here: when this process ends, however it does, that one cleans up.
 */
export async function openPostgresDoor() {
  let child;
  let answer;

  const start = async () => {
    // In a session of its own, so that Ctrl-C in the terminal does not end it before the tests.
    child = spawn(process.execPath, ['--import', 'tsx', guardian], {
      detached: true,
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    child.unref();
    const lines = createInterface({ input: child.stdout });
    const [line] = await Promise.race([once(lines, 'line'), once(child, 'exit').then(() => [])]);
    for (const stream of [child.stdin, child.stdout]) stream.unref();
    return line ?? JSON.stringify({ error: 'the PostgreSQL of the tests did not start' });
  };

  const door = createServer((socket) => {
    socket.on('error', () => {}); // a worker that went away
    answer ??= start();
    void answer.then((line) => socket.end(`${line}\n`));
  });
  door.listen(0, '127.0.0.1');
  await once(door, 'listening');
  door.unref();

  return {
    port: door.address().port,
    async close() {
      door.close();
      if (!child || child.exitCode !== null) return;
      child.ref();
      const ended = once(child, 'exit');
      child.stdin.end();
      await ended;
    },
  };
}
