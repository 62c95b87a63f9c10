import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { ask, startNode, stop } from '../processes.ts';
import type { Connected, ConnectOrder, Left, Order } from './load-client.ts';

/** Clients in processes of their own, as many in each as one may have files open for. */
export interface Crowd {
  /** Connects them; throws when one is not accepted. */
  readonly connect: (order: CrowdOrder) => Promise<readonly number[]>;
  readonly churn: (order: CrowdOrder & { readonly longestStayMs: number }) => void;
  /** The latencies of the changes since they were asked for before, in milliseconds. */
  readonly latencies: () => Promise<readonly number[]>;
  readonly leave: () => Promise<Left>;
  readonly stop: () => Promise<void>;
}

export type CrowdOrder = Omit<ConnectOrder, 'first'>;

const CLIENTS_PER_PROCESS = 10_000;

/** Starts processes for a number of clients, and waits until they take orders. */
export async function startCrowd(count: number): Promise<Crowd> {
  const processes = Array.from({ length: Math.ceil(count / CLIENTS_PER_PROCESS) }, () =>
    startNode(['dist/bench/realtime/load-client.js'], 'others'),
  );
  await Promise.all(processes.map((one) => once(one, 'message')));
  const tell = <T>(order: Order): Promise<T[]> => Promise.all(processes.map((one) => ask(one, order) as Promise<T>));
  return {
    async connect(order) {
      const parts = shared(order, processes).map(
        ([child, part]) => ask(child, { connect: part }) as Promise<Connected>,
      );
      const all = await Promise.all(parts);
      const ready = all.reduce((sum, part) => sum + part.ready, 0);
      if (ready < order.count) throw new Error(`${ready} of ${order.count} were accepted: ${reasons(all)}`);
      return all.flatMap(({ waitsMs }) => waitsMs);
    },
    churn(order) {
      for (const [child, part] of shared(order, processes))
        child.send({ churn: { ...part, longestStayMs: order.longestStayMs } });
    },
    latencies: async () => (await tell<number[]>('latencies')).flat(),
    async leave() {
      const all = await tell<Left>('leave');
      const ended = Object.assign({}, ...all.map((left) => left.ended)) as Left['ended'];
      return { visits: all.reduce((sum, { visits }) => sum + visits, 0), ended };
    },
    async stop() {
      await Promise.all(processes.map(stop));
    },
  };
}

function shared(order: CrowdOrder, processes: readonly ChildProcess[]): [ChildProcess, ConnectOrder][] {
  const share = Math.ceil(order.count / processes.length);
  return processes.map((child, n) => [
    child,
    {
      ...order,
      first: n * share,
      count: Math.min(share, order.count - n * share),
      perSecond: order.perSecond && order.perSecond / processes.length,
    },
  ]);
}

function reasons(parts: readonly Connected[]): string {
  return JSON.stringify(Object.assign({}, ...parts.map(({ ended }) => ended)));
}
