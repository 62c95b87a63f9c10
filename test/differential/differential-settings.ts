/** How many random operations are compared, and which. */
export interface DifferentialSettings {
  readonly seed: number;
  readonly operations: number;
  /** How many are sent while subgraphs fail. */
  readonly withFaults: number;
  /** How many are sent with `@defer` at random places. */
  readonly withDefer: number;
  /** Apollo Gateway is asked every so many operations; 0: never. */
  readonly apolloEvery: number;
  /** Random graphs, and how many operations are sent to each. */
  readonly graphs: number;
  readonly operationsPerGraph: number;
  /** What our gateway is set to. */
  readonly env: Readonly<Record<string, string>>;
}

const DEFAULT_OPERATIONS = 600;
const DEFAULT_WITH_FAULTS = 400;
const DEFAULT_WITH_DEFER = 120;
const OPERATIONS_PER_GRAPH = 25;

/**
 * Reads `DIFFERENTIAL_SEED`, `DIFFERENTIAL_OPERATIONS` and `QUERY_PLANNER`. A few hundred operations from a fixed seed where nothing is set; where
 * more are asked for (the nightly mode), Apollo Gateway is asked every time.
 */
export function differentialSettings(env: Readonly<Record<string, string | undefined>>): DifferentialSettings {
  const { DIFFERENTIAL_SEED: seed, DIFFERENTIAL_OPERATIONS: operations, QUERY_PLANNER: planner } = env;
  return {
    seed: seed === 'now' ? Math.floor(Date.now() / 1000) : Number(seed ?? 1),
    operations: Number(operations ?? DEFAULT_OPERATIONS),
    withFaults: Number(operations ?? DEFAULT_WITH_FAULTS),
    withDefer: Number(operations ?? DEFAULT_WITH_DEFER),
    apolloEvery: operations === undefined ? 4 : 1,
    graphs: Math.ceil(Number(operations ?? DEFAULT_OPERATIONS) / OPERATIONS_PER_GRAPH),
    operationsPerGraph: OPERATIONS_PER_GRAPH,
    env: planner === undefined ? {} : { QUERY_PLANNER: planner },
  };
}
