import { createLog } from '../shared/log.ts';
import { runProcess } from '../shared/run-process.ts';
import { settingsOrExit } from '../shared/settings-or-exit.ts';
import { createNotificationsSubgraph } from './build.ts';

const { shared: settings } = settingsOrExit('notifications', process.env, {});
const log = createLog('notifications', settings.logLevel);

await runProcess(log, async () => {
  const subgraph = await createNotificationsSubgraph({ ...settings, log, now: () => new Date() });
  const address = await subgraph.app.listen({ port: settings.port, host: settings.host });
  log.info({ address }, 'notifications subgraph is ready');
  return { stop: () => subgraph.close() };
});
