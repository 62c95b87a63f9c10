// `npm run check`: the whole gate. What reads the code only runs side by side in two lanes, then come the tests, those in a browser
// beside the others; the first failure ends it, and the last line of a green check is the `N passed, N failed` line of the unit and
// integration tests.
import { spawn } from 'node:child_process';

const lanes = [
  [{ title: 'lint', script: 'lint' }],
  [
    { title: 'formatting', script: 'format:check' },
    { title: 'types', script: 'types' },
    { title: 'import rules', script: 'rules' },
    { title: 'generated files', script: 'check:generated' },
    { title: 'build', script: 'build' },
  ],
];
const browserTests = { title: 'browser tests', script: 'test:browser' };
const tests = { title: 'tests', script: 'test' };

const begin = performance.now();
const running = new Set();
// What runs beside a stage that fails has nothing left to tell.
process.on('exit', () => running.forEach(endGroup));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));
await Promise.all(lanes.map((stages) => runAll(stages)));
const [closingLine] = await Promise.all([runAll([tests], { isShown: true }), runAll([browserTests])]);
console.log(`\nall checks passed in ${secondsSince(begin)}`);
console.log(closingLine);

/** Runs stages one after the other; the first that fails ends this process. Resolves with the last line of the last. */
async function runAll(stages, { isShown = false } = {}) {
  let closingLine = '';
  for (const { title, script } of stages) {
    const started = performance.now();
    const { code, output } = await run(script, isShown);
    console.log(
      `${isShown ? '' : output}── ${title} (npm run ${script}): ${code === 0 ? 'ok' : 'FAILED'} in ${secondsSince(started)}\n`,
    );
    if (code !== 0) process.exit(code);
    closingLine = output.trimEnd().split('\n').at(-1) ?? '';
  }
  return closingLine;
}

/** Runs one npm script, with its output shown as it comes or gathered; resolves with its exit code and what it wrote. */
function run(script, isShown) {
  return new Promise((resolve, reject) => {
    const child = spawn('npm', ['run', '--silent', script], {
      stdio: ['inherit', 'pipe', isShown ? 'inherit' : 'pipe'],
      detached: true, // a group of processes, which can be ended as a whole
    });
    running.add(child);
    let output = '';
    const gather = (chunk) => {
      if (isShown) process.stdout.write(chunk);
      output += chunk;
    };
    child.stdout.on('data', gather);
    child.stderr?.on('data', gather);
    child.on('error', reject);
    child.on('close', (code) => {
      running.delete(child);
      resolve({ code: code ?? 1, output });
    });
  });
}

function endGroup({ pid }) {
  try {
    process.kill(-pid);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error; // it has just ended by itself
  }
}

function secondsSince(start) {
  return `${((performance.now() - start) / 1000).toFixed(1)} s`;
}
