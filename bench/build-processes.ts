import { spawnSync } from 'node:child_process';
import { cpus } from 'node:os';
import { build } from 'esbuild';

/**
 * Writes the gateway and processes of the benchmark, by their paths in this folder, as they run in production: as plain JavaScript.
 */
export async function buildProcesses(names: readonly string[]): Promise<void> {
  if (spawnSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' }).status !== 0) process.exit(1);
  await build({
    entryPoints: names.map((name) => `bench/${name}.ts`),
    outdir: 'dist/bench',
    outbase: 'bench',
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'warning',
  });
}

/** Where the figures come from. */
export function machine(): string {
  return `${cpus().length} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), node ${process.version}`;
}
