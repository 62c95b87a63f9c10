import { createLog } from '../shared/log.ts';
import { runProcess } from '../shared/run-process.ts';
import { loadSettings } from '../shared/settings.ts';
import { createPharmacySubgraph } from './build.ts';

const { shared } = loadSettings('pharmacy', process.env, {});
const log = createLog('pharmacy', shared.logLevel);

await runProcess(log, async () => {
  const { app, close } = await createPharmacySubgraph({ ...shared, log, now: () => new Date() });
  await app.listen({ port: shared.port, host: shared.host });
  log.info({ port: shared.port }, 'pharmacy subgraph is listening');
  return { stop: close };
});
