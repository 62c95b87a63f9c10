import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

// Below the ports that operating systems give to outgoing connections (from 32768 on Linux, 49152 elsewhere, RFC 6335),
// so that no connection takes one between its choice and its use.
const FIRST_PORT = 10_000;
const END_OF_PORTS = 32_768;
const MOST_ATTEMPTS = 1_000;

const given = new Set<number>();

/**
 * A TCP port that was free a moment ago at every address of this machine. One process is given each port once, and no
 * outgoing connection takes it. Throws an Error when no free one is found.
 */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    const port = randomInt(FIRST_PORT, END_OF_PORTS);
    if (given.has(port)) continue;
    given.add(port);
    if (await isPortFree(port)) return port;
  }
  throw new Error(`No free port was found between ${FIRST_PORT} and ${END_OF_PORTS - 1}.`);
}

/** Whether the TCP port can be listened on, at every address of this machine. */
export function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, () => server.close(() => resolve(true)));
  });
}
