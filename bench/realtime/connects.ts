import { both, warmUp } from './both.ts';
import { percentile, type Figure } from './figure.ts';

const CONNECTS_PER_SECOND = 1_000;
/** What a server has open besides the sockets of clients. */
const FILES_BESIDES = 150;

/** Clients that come all at once, to as many processes as can hold them. */
export const connects: Figure = async (around, { connects: count }) => {
  const processes = Math.ceil(count / (filesOfAProcess() - FILES_BESIDES));
  const { gateway, bare } = await both(around, { clients: count, processes }, async (contender, people, order) => {
    await warmUp(contender, people, order);
    contender.watch('cpu and stalls');
    const waits = await people.connect({ ...order, count, query: undefined, perSecond: CONNECTS_PER_SECOND });
    const { stallMs } = await contender.usage();
    return { stallMs, p99: percentile(waits, 0.99) };
  });
  const shared = processes === 1 ? '' : `, by ${processes} processes on one core`;
  return [
    {
      what: `${count} connects in ${count / CONNECTS_PER_SECOND} s, all accepted${shared}: longest stall of the event loop`,
      ...{ gateway: gateway.stallMs, bare: bare.stallMs, unit: 'ms' },
      target: { text: '< 200 ms', isReached: gateway.stallMs < 200 },
    },
    { what: 'from connecting to the acknowledgement, p99', gateway: gateway.p99, bare: bare.p99, unit: 'ms' },
  ];
};

/** How many files, and so how many sockets, a process may have open: node raises its limit as far as it may. */
function filesOfAProcess(): number {
  const { userLimits } = process.report.getReport() as { userLimits?: { open_files?: { hard?: unknown } } };
  const most = Number(userLimits?.open_files?.hard);
  return Number.isNaN(most) ? Infinity : most;
}
