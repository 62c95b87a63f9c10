// Writes dist/: each process bundled into one file, packages left outside, so that it starts without looking up and compiling
// hundreds of small files; and the sandbox page, when it has changed. Entry points that do not exist are passed over.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { buildSandbox } from './build-sandbox.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** The processes of the project, as paths of their main files relative to the root. */
function entryPoints() {
  const subgraphs = existsSync(join(root, 'subgraphs')) ? readdirSync(join(root, 'subgraphs')) : [];
  return [
    'gateway/main.ts',
    'gateway/apollo-gateway.ts',
    'gateway/plan/planner-main.ts',
    'gateway/supergraph/reader-main.ts',
    ...subgraphs.map((name) => `subgraphs/${name}/main.ts`),
    'platform/main.ts',
    'platform/exit-with-parent.ts',
    'platform/migrate-main.ts',
    'prisma/seed/main.ts',
  ].filter((path) => existsSync(join(root, path)));
}

/** Writes dist/<path>.js for every entry point; files whose content is the same are not touched, as somebody may be starting them. */
async function bundle() {
  const { outputFiles } = await build({
    write: false,
    absWorkingDir: root,
    entryPoints: entryPoints(),
    outdir: 'dist',
    outbase: '.',
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: true,
    sourcesContent: false,
    logLevel: 'warning',
  });
  for (const { path, contents } of outputFiles) if (!has(path, contents)) replace(path, contents);
}

function has(path, contents) {
  return existsSync(path) && readFileSync(path).equals(contents);
}

/** Whoever reads it meanwhile finds the old or the new. */
function replace(path, contents) {
  mkdirSync(dirname(path), { recursive: true });
  const part = `${path}.${process.pid}.part`;
  writeFileSync(part, contents);
  renameSync(part, path);
}

/** Writes all of dist/. */
export async function buildAll() {
  await Promise.all([bundle(), buildSandbox()]);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    await buildAll();
  } catch (error) {
    if (!error.errors) throw error; // esbuild has shown its own
    process.exit(1);
  }
}
