// `npm run check:generated`: runs compose and codegen, and fails when that changes a generated file, naming it. What was
// there before is put back: a check never edits the working tree.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const skipped = new Set(['node_modules', 'dist', 'coverage', 'prisma']);
// What the two commands write: the supergraph, every generated/ folder, the partners' manifests.
const isGenerated = (path) => /^supergraph\.graphql$|(^|\/)generated\/|^gateway\/partners\/.*\.json$/.test(path);

function* filesBelow(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.name.startsWith('.') || (folder === root && skipped.has(entry.name))) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(path);
    else if (isGenerated(relative(root, path))) yield path;
  }
}

const snapshot = () => new Map([...filesBelow(root)].map((path) => [path, readFileSync(path, 'utf8')]));

function restore(before, after) {
  for (const path of after.keys()) if (!before.has(path)) rmSync(path);
  for (const [path, content] of before) if (after.get(path) !== content) writeFileSync(path, content);
}

const commands = [
  { name: 'compose', source: 'scripts/compose.ts' },
  { name: 'codegen', source: 'codegen.ts' },
].filter(({ source }) => existsSync(join(root, source)));

const before = snapshot();
for (const { name } of commands) {
  const { status } = spawnSync('npm', ['run', '--silent', name], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) {
    console.error(`npm run ${name} failed`);
    restore(before, snapshot());
    process.exit(1);
  }
}

const after = snapshot();
const changed = [...new Set([...before.keys(), ...after.keys()])].filter(
  (path) => before.get(path) !== after.get(path),
);
restore(before, after);

if (changed.length > 0) {
  console.error('These generated files are out of date:');
  for (const path of changed) console.error(`  ${relative(root, path)}`);
  console.error('Run `npm run compose && npm run codegen` and commit the result.');
  process.exit(1);
}
console.log(`${before.size} generated files are in sync`);
