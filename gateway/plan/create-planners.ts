import type { PlannerName } from '../config/settings.ts';
import { GatewayError } from '../errors/gateway-error.ts';
import { createPlannerService, type PlannerService } from './planner-service.ts';

/** The planners of a gateway. They outlive supergraphs. */
export interface Planners {
  /** Whether our own planner is asked before them, in the gateway's process. */
  readonly isFirstAtHand: boolean;
  /** Those of other processes, the one that is asked first before the others. */
  readonly inOrder: readonly PlannerService[];
  /** The one of them that knows `@defer`. */
  readonly deferring: PlannerService;
  /** Told, for the log, of what operators should know: processes that end, operations that no planner plans. */
  readonly onTrouble: (trouble: GatewayError) => void;
  close(): Promise<void>;
}

interface Options {
  readonly first: PlannerName;
  /** How long each planner may take for one operation. */
  readonly limitMs: number;
  readonly onTrouble: Planners['onTrouble'];
}

const MEMORY_LIMIT_MIB = 512;

/**
 * Makes the planners: the first in a process that is kept ready, each other in one that is started when there are operations that
 * those before it do not plan. Where ours is the first, it needs no process, unless an operation is too large and the others have no plan.
 */
export function createPlanners({ first, limitMs, onTrouble }: Options): Planners {
  const serviceOf = (planner: PlannerName): PlannerService =>
    createPlannerService({
      task: { planner, limitMs, memoryLimitMiB: MEMORY_LIMIT_MIB },
      isKeptReady: planner === first,
      onTrouble: (reason) => onTrouble(new GatewayError('INTERNAL_SERVER_ERROR', reason, { fault: 'internal' })),
    });
  const [hive, apollo, plain] = [serviceOf('hive'), serviceOf('apollo'), serviceOf('plain')];
  const orders = { hive: [hive, apollo, plain], apollo: [apollo, hive, plain], plain: [hive, apollo, plain] };
  const inOrder = orders[first];
  return {
    isFirstAtHand: first === 'plain',
    inOrder,
    deferring: apollo,
    onTrouble,
    close: async () => {
      await Promise.all(inOrder.map((service) => service.close()));
    },
  };
}
