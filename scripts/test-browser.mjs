// `npm run test:browser`: the tests that drive a real browser. Without one they cannot run: in CI that is a failure,
// elsewhere it is said.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const candidates = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/google-chrome'];
const chromium = candidates.find((path) => path && existsSync(path));

if (!chromium) {
  console.log(`The browser tests did NOT run: no Chromium at $CHROMIUM_PATH, ${candidates.slice(1).join(' or ')}.`);
  process.exit(process.env.CI ? 1 : 0);
}

const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
const jest = ['node_modules/jest/bin/jest.js', 'test/browser/', '--runInBand', '--passWithNoTests'];
const { status } = spawnSync(process.execPath, [...flags, ...jest, ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, TEST_GROUP: 'browser', CHROMIUM_PATH: chromium },
});
process.exit(status ?? 1);
