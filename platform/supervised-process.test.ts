import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { freePort } from './free-port.ts';
import { SupervisedProcess } from './supervised-process.ts';
import { waitUntil } from './wait-until.ts';

// A service in ten lines: /health/ready answers with its pid; /crash, /complain and /hang do what they say.
const service = `
import { createServer } from 'node:http';
if (process.env.BROKEN) { console.error('bad setting: BROKEN'); process.exit(3); }
let isHanging = false;
process.on('SIGTERM', () => { if (!isHanging) process.exit(0); });
createServer((request, response) => {
  if (request.url === '/crash') { console.error('about to crash'); process.exit(7); }
  if (request.url === '/hang') isHanging = true;
  if (request.url === '/complain') console.log(JSON.stringify({ level: 50, msg: 'no such table', err: { message: 'oops' } }));
  response.end(String(process.pid));
}).listen(Number(process.env.PORT), '127.0.0.1');
`;

describe('SupervisedProcess', () => {
  let folder: string;
  let port: number;
  let reports: string[];
  let supervised: SupervisedProcess;

  const create = (environment: Record<string, string> = {}) => {
    reports = [];
    const spec = {
      name: 'pets',
      nodeArguments: [join(folder, 'service.mjs')],
      folder,
      environment: { PATH: process.env['PATH'], PORT: `${port}`, ...environment },
      logFile: join(folder, 'pets.log'),
      readyUrl: `http://127.0.0.1:${port}/health/ready`,
    };
    return new SupervisedProcess(spec, (message) => reports.push(message), {
      pauseMs: 50,
      stopMs: 300,
      startMs: 10_000,
    });
  };
  const get = async (path: string) => (await fetch(`http://127.0.0.1:${port}${path}`)).text();

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'supervised-'));
    writeFileSync(join(folder, 'service.mjs'), service);
    port = await freePort();
    supervised = create();
  });

  afterEach(async () => {
    await supervised.stop();
    rmSync(folder, { recursive: true });
  });

  it('is started when it answers, and stopped without a word', async () => {
    await supervised.start();
    const pid = Number(await get('/health/ready'));

    await supervised.stop();

    expect(isAlive(pid)).toBe(false);
    expect(reports).toEqual([]);
  });

  it('starts a process that crashed again, and reports both with its last lines', async () => {
    await supervised.start();
    const firstPid = await get('/health/ready');

    await expect(get('/crash')).rejects.toThrow();
    expect(await waitUntil(() => reports.includes('pets is back'), 30_000)).toBe(true);

    expect(await get('/health/ready')).not.toBe(firstPid);
    expect(reports[0]).toContain('pets ended with exit code 7; it is started again in 0.05 s');
    expect(reports[0]).toContain('about to crash');
  });

  it('starts a process that was killed again, each time after a longer pause', async () => {
    await supervised.start();

    for (const pause of [0.05, 0.1, 0.2]) {
      reports.length = 0;
      process.kill(Number(await get('/health/ready')), 'SIGKILL');
      expect(await waitUntil(() => reports.includes('pets is back'), 30_000)).toBe(true);
      expect(reports[0]).toContain(`pets was ended by SIGKILL; it is started again in ${pause} s`);
    }
  });

  it('does not start it again when it is stopped during the pause', async () => {
    await supervised.start();
    process.kill(Number(await get('/health/ready')), 'SIGKILL');
    await waitUntil(() => reports.length > 0, 30_000);

    await supervised.stop();

    expect(await waitUntil(() => reports.includes('pets is back'), 300)).toBe(false);
    await expect(get('/health/ready')).rejects.toThrow();
  });

  it('kills a process that does not stop when asked', async () => {
    await supervised.start();
    const pid = Number(await get('/hang'));

    await supervised.stop();

    expect(isAlive(pid)).toBe(false);
    expect(reports).toEqual(['pets does not stop: killed']);
  });

  it('fails, and does not try again, when the first start fails', async () => {
    supervised = create({ BROKEN: '1' });

    await expect(supervised.start()).rejects.toThrow(
      /pets ended with exit code 3 before it was ready \(log: .*\)\n {4}bad setting: BROKEN/,
    );

    expect(reports).toEqual([]);
  });

  it('writes everything to the log and shows errors', async () => {
    await supervised.start();

    await get('/complain');

    expect(await waitUntil(() => reports.includes('pets: no such table: oops'), 30_000)).toBe(true);
    const isLogged = () => readFileSync(join(folder, 'pets.log'), 'utf8').includes('no such table');
    expect(await waitUntil(isLogged, 30_000)).toBe(true);
  });
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
