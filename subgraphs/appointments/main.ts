import { createLog } from '../shared/log.ts';
import { runProcess } from '../shared/run-process.ts';
import { settingsOrExit } from '../shared/settings-or-exit.ts';
import { createAppointmentsSubgraph } from './build.ts';

const { shared } = settingsOrExit('appointments', process.env, {});
const log = createLog('appointments', shared.logLevel);

await runProcess(log, async () => {
  const subgraph = await createAppointmentsSubgraph({ ...shared, log });
  const address = await subgraph.app.listen({ port: shared.port, host: shared.host });
  log.info({ address }, 'appointments subgraph is listening');
  return { stop: () => subgraph.close() };
});
