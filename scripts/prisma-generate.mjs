// Generates the Prisma client of each subgraph into prisma/<name>/generated, two at a time. A client whose schema has not
// changed since (its stamp file says so) is left alone, so that `npm install` costs nothing the second time.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const require = createRequire(import.meta.url);
const parallel = 2;

const generatedOf = (name) => join(root, 'prisma', name, 'generated');
const stampOf = (name) => join(generatedOf(name), '.stamp');

function fingerprint(name) {
  const hash = createHash('sha256');
  hash.update(require('prisma/package.json').version);
  hash.update(readFileSync(join(root, 'prisma', name, 'schema.prisma')));
  return hash.digest('hex');
}

function isFresh(name) {
  return existsSync(stampOf(name)) && readFileSync(stampOf(name), 'utf8') === fingerprint(name);
}

function generate(name) {
  return new Promise((resolve, reject) => {
    const stamp = fingerprint(name);
    rmSync(generatedOf(name), { recursive: true, force: true });
    const cli = join(dirname(require.resolve('prisma/package.json')), 'build', 'index.js');
    const child = spawn(process.execPath, [cli, 'generate'], {
      cwd: root,
      env: { ...process.env, SUBGRAPH: name, PRISMA_HIDE_UPDATE_MESSAGE: '1', CHECKPOINT_DISABLE: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code !== 0) return reject(new Error(`prisma generate failed for prisma/${name}/schema.prisma:\n${output}`));
      writeFileSync(stampOf(name), stamp);
      console.log(`prisma/${name}: client generated`);
      resolve();
    });
  });
}

const isForced = process.argv.includes('--force');
const schemas = existsSync(join(root, 'prisma'))
  ? readdirSync(join(root, 'prisma')).filter((name) => existsSync(join(root, 'prisma', name, 'schema.prisma')))
  : [];
const pending = schemas.filter((name) => isForced || !isFresh(name));
const workers = Array.from({ length: parallel }, async () => {
  for (let name = pending.shift(); name !== undefined; name = pending.shift()) await generate(name);
});

try {
  await Promise.all(workers);
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
