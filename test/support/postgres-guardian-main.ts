import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeEmbeddedPostgres, startEmbeddedPostgres } from '../../platform/embedded-postgres.ts';

// Holds one PostgreSQL for one run of the tests: says where it is in one line, and removes it with its data when standard
// input ends. Nothing of it is meant to survive a crash, hence no fsync.
const folder = mkdtempSync(join(tmpdir(), 'caregraph-test-'));
chmodSync(folder, 0o755); // PostgreSQL may have to run as another account
const dataFolder = join(folder, 'postgres');
const remove = async (): Promise<void> => {
  await removeEmbeddedPostgres(dataFolder);
  rmSync(folder, { recursive: true, force: true });
};

process.stdin.resume();
const ended = once(process.stdin, 'end');
try {
  const server = await startEmbeddedPostgres({
    dataFolder,
    logFile: join(folder, 'postgres.log'),
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', shared_buffers: '64MB' },
  });
  process.stdout.write(`${JSON.stringify({ url: server.url('postgres') })}\n`);
  await ended;
} catch (error) {
  process.stdout.write(`${JSON.stringify({ error: error instanceof Error ? error.message : String(error) })}\n`);
} finally {
  await remove();
}
