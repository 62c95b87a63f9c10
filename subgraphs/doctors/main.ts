import { createLog } from '../shared/log.ts';
import { runProcess } from '../shared/run-process.ts';
import { settingsOrExit } from '../shared/settings-or-exit.ts';
import { createDoctorsSubgraph } from './build.ts';

const { shared: settings } = settingsOrExit('doctors', process.env, {});
const log = createLog('doctors', settings.logLevel);

await runProcess(log, async () => {
  const subgraph = await createDoctorsSubgraph({ ...settings, log });
  const address = await subgraph.app.listen({ port: settings.port, host: settings.host });
  log.info({ address }, 'doctors subgraph is ready');
  return { stop: () => subgraph.close() };
});
