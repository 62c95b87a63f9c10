import cluster from 'node:cluster';
import { generateAssertionKey } from './auth/assertion-signer.ts';
import { buildGateway } from './build.ts';
import { loadSettings, SettingsError } from './config/load-settings.ts';
import type { Settings } from './config/settings.ts';
import { StartRefused } from './errors/start-refused.ts';
import { createLog } from './observability/create-log.ts';
import { superviseWorkers } from './supervise-workers.ts';

// Apollo's packages send usage data unless they are told not to.
process.env['APOLLO_TELEMETRY_DISABLED'] = '1';

const settings = settingsOrExit();
const log = createLog(settings.logLevel);
if (settings.workers > 1 && cluster.isPrimary) {
  // One key for all workers: an assertion signed by one is verified with the key set that another serves.
  const key = settings.assertionPrivateKey ?? (await generateAssertionKey());
  superviseWorkers({ count: settings.workers, env: { ASSERTION_PRIVATE_KEY: JSON.stringify(key) }, log });
} else {
  await serve();
}

async function serve(): Promise<void> {
  const clock = (): number => Date.now();
  const stopwatch = (): number => performance.now();
  try {
    const gateway = await buildGateway(settings, { log, clock, stopwatch });
    const stop = (): void => void gateway.stop().then(() => process.exit(0));
    process.once('SIGTERM', stop);
    process.once('SIGINT', stop);
    const port = await gateway.listen();
    log.info({ port }, `the gateway answers at http://localhost:${port}/graphql`);
  } catch (error) {
    console.error(foreseenReason(error, settings.port) ?? error);
    process.exit(1);
  }
}

function foreseenReason(error: unknown, port: number): string | undefined {
  if (error instanceof StartRefused) return error.message;
  const isPortTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
  return isPortTaken ? `Port ${port} is in use: choose another one with PORT or --port.` : undefined;
}

function settingsOrExit(): Settings {
  try {
    return loadSettings(process.env, process.argv.slice(2));
  } catch (error) {
    console.error(error instanceof SettingsError ? error.message : error);
    process.exit(1);
  }
}
