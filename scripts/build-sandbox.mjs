// Bundles the sandbox and the demo page into dist/sandbox/: index.html, demo.html, and beside them one folder, named after a hash of everything the
// bundle is made from, with the scripts, the editor's workers and the styles, each also gzipped. Nothing is done when that
// folder is there already.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const sources = join(root, 'gateway', 'sandbox', 'client');
// The workers must be those of the very editor that GraphiQL brings with it.
const require = createRequire(createRequire(import.meta.url).resolve('@graphiql/react'));
const workers = {
  'editor.worker': 'monaco-editor/esm/vs/editor/editor.worker.js',
  'json.worker': 'monaco-editor/esm/vs/language/json/json.worker.js',
  'graphql.worker': 'monaco-graphql/esm/graphql.worker.js',
};
const packages = ['graphiql', '@graphiql/react', 'monaco-editor', 'monaco-graphql', 'graphql', 'graphql-ws', 'react'];

const pages = {
  'index.html': { title: 'CareGraph sandbox', script: 'main' },
  'demo.html': { title: 'CareGraph live status', script: 'demo' },
};

function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** What the page is made from, as one short hash: its sources, the clients' operations, the packages' versions, this file. */
function fingerprint() {
  const hash = createHash('sha256').update(readFileSync(fileURLToPath(import.meta.url)));
  const manifest = join(root, 'gateway', 'partners', 'acme-health.json');
  const operations = filesBelow(join(root, 'operations')).filter((path) => path.endsWith('.graphql'));
  for (const path of [...filesBelow(sources), ...operations, manifest, join(root, 'package-lock.json')]) {
    if (path.endsWith('package-lock.json')) hash.update(JSON.stringify(lockedVersions(path)));
    else hash.update(path.slice(root.length)).update(readFileSync(path));
  }
  return hash.digest('hex').slice(0, 12);
}

function lockedVersions(path) {
  const locked = JSON.parse(readFileSync(path, 'utf8')).packages;
  return [...packages, 'esbuild'].map((name) => locked[`node_modules/${name}`]?.version);
}

// graphiql/style.css holds the editor's styles already; the editor's own imports of them would only repeat it.
const editorStylesOnce = {
  name: 'editor-styles-once',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]monaco-editor[\\/].*\.css$/ }, () => ({ contents: '', loader: 'css' }));
  },
};

/** Writes dist/sandbox/ unless it is up to date; says whether it was written. */
export async function buildSandbox() {
  const version = fingerprint();
  const home = join(root, 'dist', 'sandbox');
  const target = join(home, version);
  if ([target, ...Object.keys(pages).map((name) => join(home, name))].every((path) => existsSync(path))) return false;

  const unfinished = `${target}.${process.pid}`;
  await build({
    absWorkingDir: root,
    entryPoints: {
      main: join(sources, 'main.tsx'),
      demo: join(sources, 'demo', 'main.tsx'),
      ...Object.fromEntries(Object.entries(workers).map(([name, path]) => [name, require.resolve(path)])),
    },
    outdir: unfinished,
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: ['chrome111', 'firefox115', 'safari16.4'],
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
    loader: { '.graphql': 'text', '.ttf': 'file' },
    legalComments: 'none',
    plugins: [editorStylesOnce],
    logLevel: 'warning',
  });
  for (const path of filesBelow(unfinished)) writeFileSync(`${path}.gz`, gzipSync(readFileSync(path), { level: 7 }));
  mkdirSync(home, { recursive: true });
  putInPlace(unfinished, target);
  const template = readFileSync(join(sources, 'page.html'), 'utf8').replaceAll('{{assets}}', `/sandbox/${version}`);
  for (const [name, { title, script }] of Object.entries(pages))
    writeFileSync(join(home, name), template.replaceAll('{{title}}', title).replaceAll('{{script}}', script));
  for (const entry of readdirSync(home, { withFileTypes: true })) {
    // Somebody else may be about to finish this version.
    if (entry.isDirectory() && !entry.name.startsWith(version)) rmSync(join(home, entry.name), { recursive: true });
  }
  return true;
}

/** What is made from the same, and is there already, is the same. */
function putInPlace(unfinished, target) {
  try {
    renameSync(unfinished, target);
  } catch (error) {
    if (!existsSync(target)) throw error;
    rmSync(unfinished, { recursive: true });
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const started = performance.now();
  const isWritten = await buildSandbox();
  console.log(
    `sandbox: ${isWritten ? `built in ${((performance.now() - started) / 1000).toFixed(1)} s` : 'up to date'}`,
  );
}
