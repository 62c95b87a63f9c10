import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from '@jest/globals';

const run = promisify(execFile);

/** Whether V8 has the methods of texts in its quick form in a process that has loaded a module. */
async function areTextsQuick(module: string): Promise<boolean> {
  const script = `
    require('node:v8').setFlagsFromString('--allow-natives-syntax');
    import(${JSON.stringify(module)}).then(() => {
      console.log(new Function('return %HasFastProperties(String.prototype)')());
      process.exit(0);
    });`;
  const { stdout } = await run(process.execPath, ['--import', 'tsx', '-e', script], { cwd: process.cwd() });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as boolean;
}

it.each(['gateway/build.ts', 'subgraphs/users/build.ts'])(
  'leaves the methods of texts quick in a process that has loaded %s',
  async (path) => {
    expect(await areTextsQuick(`./${path}`)).toBe(true);
  },
  60_000,
);

it('would be told of a package that makes them slow', async () => {
  expect(await areTextsQuick('ioredis')).toBe(false);
}, 60_000);
