import { relative } from 'node:path';
import { parseOptions, USAGE, type PlatformOptions } from './options.ts';
import { projectRoot } from './project-root.ts';
import { startPlatform } from './start-platform.ts';
import { createStopStack } from './stop-stack.ts';
import { progressLine, welcome } from './terminal-text.ts';

// npm passes Ctrl-C on although the terminal has sent it to all: what comes so soon after the first is the same wish.
const SAME_WISH_MS = 700;

const begin = performance.now();
const root = projectRoot(import.meta.url);
const options = readOptions();
const stack = createStopStack();
const stopping = new AbortController();

let stopAsked = 0;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void onSignal());
process.stdout.on('error', () => undefined); // a terminal that was closed must not keep us from stopping

const starting = startPlatform({
  options,
  root,
  environment: process.env,
  stack,
  signal: stopping.signal,
  progress: (stage, outcome, ms) => console.log(progressLine(stage, outcome, ms)),
  report: (message) => console.error(`! ${message}`),
});

try {
  const platform = await starting;
  if (!stopping.signal.aborted) {
    console.log(welcome(platform.gatewayUrl, relative(process.cwd(), options.dataFolder) || '.'));
    console.log(`ready in ${((performance.now() - begin) / 1000).toFixed(1)} s`);
  }
} catch (error) {
  if (!stopping.signal.aborted) {
    console.error(`\n${error instanceof Error ? error.message : String(error)}`);
    await stack.stopAll();
    process.exit(1);
  }
}

function readOptions(): PlatformOptions {
  try {
    const parsed = parseOptions(process.argv.slice(2), root, process.env);
    if (!parsed.isHelp) return parsed;
    console.log(USAGE);
    process.exit(0);
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
    process.exit(1);
  }
}

async function onSignal(): Promise<void> {
  if (stopping.signal.aborted) {
    if (performance.now() - stopAsked < SAME_WISH_MS) return;
    stack.killAll();
    process.exit(130);
  }
  stopAsked = performance.now();
  stopping.abort(new Error('stopped'));
  console.log('\nstopping');
  const failures = await stack.stopAll();
  await starting.catch(() => undefined); // a start that was under way: it ends at the stage that it was in
  failures.push(...(await stack.stopAll()));
  for (const failure of failures) console.error(`! ${failure}`);
  console.log('stopped');
  process.exit(failures.length === 0 ? 0 : 1);
}
