import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildProcesses, machine } from '../build-processes.ts';
import { pinLoad } from '../processes.ts';
import { churn } from './churn.ts';
import { connects } from './connects.ts';
import { tableOf, type Figure, type Line } from './figure.ts';
import { crowd, idle, spread } from './figures.ts';
import { startSurroundings } from './surroundings.ts';

const FIGURES: Readonly<Record<string, Figure>> = { idle, spread, crowd, connects, churn };

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    subscribers: { type: 'string', default: '10000' },
    connects: { type: 'string', default: '20000' },
    seconds: { type: 'string', default: '40' },
    events: { type: 'string', default: '500' },
    minutes: { type: 'string', default: '15' },
  },
});

const folder = mkdtempSync(join(tmpdir(), 'caregraph-realtime-'));
try {
  await main();
} finally {
  rmSync(folder, { recursive: true });
}

async function main(): Promise<void> {
  const names = values.only ?? Object.keys(FIGURES).filter((name) => name !== 'churn');
  const unknown = names.find((name) => FIGURES[name] === undefined);
  if (unknown !== undefined) {
    console.error(`There is no figure "${unknown}": ${Object.keys(FIGURES).join(', ')}.`);
    process.exit(1);
  }
  await buildProcesses(['probe', 'stub-subgraphs', 'realtime/bare-server', 'realtime/load-client']);
  pinLoad();
  const around = await startSurroundings(folder);
  const size = {
    subscribers: Number(values.subscribers),
    connects: Number(values.connects),
    seconds: Number(values.seconds),
    eventsPerSecond: Number(values.events),
    minutes: Number(values.minutes),
  };
  try {
    const lines: Line[] = [];
    for (const name of names) {
      console.error(`measuring ${name}`);
      lines.push(...((await FIGURES[name]?.(around, size)) ?? []));
    }
    const [load = 0] = loadavg();
    console.log(`${new Date().toISOString().slice(0, 10)}, ${machine()}; load average ${load.toFixed(1)} at the end\n`);
    console.log(tableOf(lines));
    if (lines.some(({ target }) => target?.mustFail === true && !target.isReached)) process.exitCode = 1;
  } finally {
    await around.stop();
  }
}
