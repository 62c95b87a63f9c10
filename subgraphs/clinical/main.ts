import { createLog } from '../shared/log.ts';
import { runProcess } from '../shared/run-process.ts';
import { settingsOrExit } from '../shared/settings-or-exit.ts';
import { createClinicalSubgraph } from './build.ts';

const { shared } = settingsOrExit('clinical', process.env, {});
const log = createLog('clinical', shared.logLevel);

await runProcess(log, async () => {
  const { app, close } = await createClinicalSubgraph({ ...shared, log, now: () => new Date() });
  await app.listen({ port: shared.port, host: shared.host });
  log.info({ port: shared.port }, 'clinical subgraph is listening');
  return { stop: close };
});
