import { createLog } from '../shared/log.ts';
import { runProcess } from '../shared/run-process.ts';
import { settingsOrExit } from '../shared/settings-or-exit.ts';
import { createPharmacySubgraph } from './build.ts';

const { shared } = settingsOrExit('pharmacy', process.env, {});
const log = createLog('pharmacy', shared.logLevel);

await runProcess(log, async () => {
  const { app, close } = await createPharmacySubgraph({ ...shared, log, now: () => new Date() });
  await app.listen({ port: shared.port, host: shared.host });
  log.info({ port: shared.port }, 'pharmacy subgraph is listening');
  return { stop: close };
});
