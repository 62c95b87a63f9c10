// `npm run check`: the whole gate. Stages run one after the other and the first failure ends it; the last line of a green
// check is the `N passed, N failed` line of the unit and integration tests.
import { spawn } from 'node:child_process';

const stages = [
  { title: 'formatting', script: 'format:check' },
  { title: 'types', script: 'types' },
  { title: 'lint', script: 'lint' },
  { title: 'import rules', script: 'rules' },
  { title: 'generated files', script: 'check:generated' },
  { title: 'browser tests', script: 'test:browser' },
  { title: 'tests', script: 'test' },
];

/** Runs one npm script with its output shown; resolves with its exit code and its last line. */
function run(script) {
  return new Promise((resolve, reject) => {
    const child = spawn('npm', ['run', '--silent', script], { stdio: ['inherit', 'pipe', 'inherit'] });
    let lastLine = '';
    child.stdout.on('data', (chunk) => {
      process.stdout.write(chunk);
      lastLine = (lastLine + chunk).trimEnd().split('\n').at(-1) ?? '';
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 1, lastLine }));
  });
}

const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;
const begin = performance.now();
let closingLine = '';

for (const { title, script } of stages) {
  const started = performance.now();
  console.log(`\n── ${title} (npm run ${script})`);
  const { code, lastLine } = await run(script);
  console.log(`── ${title}: ${code === 0 ? 'ok' : 'FAILED'} in ${seconds(started)}`);
  if (code !== 0) process.exit(code);
  closingLine = lastLine;
}

console.log(`\nall checks passed in ${seconds(begin)}`);
console.log(closingLine);
