import { CATALOGUE, listQuery } from './catalogue.ts';
import { CLINIC } from './realtime/clinic.ts';
import { COMMERCE, distinctOperation, NESTED_QUERY, SMALL_QUERY } from './commerce.ts';
import type { BenchSubgraph } from './supergraph.ts';

/** The supergraphs of the benchmark by name, each as its subgraphs. */
export const SUPERGRAPHS: Readonly<Record<SupergraphName, readonly BenchSubgraph[]>> = {
  commerce: COMMERCE,
  catalogue: CATALOGUE,
  clinic: CLINIC,
};

export type SupergraphName = 'commerce' | 'catalogue' | 'clinic';

export interface Workload {
  /** What `--workload` takes. */
  readonly id: string;
  readonly title: string;
  readonly supergraph: SupergraphName;
  /** Few where an answer takes long, so that no gateway runs into a timeout. */
  readonly connections: number;
  /** The query of request `index`. */
  readonly query: (index: number) => string;
  /** The number of operations, each sent once a round, where they are never the same; undefined: one query for the whole time. */
  readonly operations?: number;
}

export const WORKLOADS: readonly Workload[] = [
  {
    id: 'nested',
    title: 'Public query shape: users and top products four levels deep, four subgraphs',
    supergraph: 'commerce',
    connections: 50,
    query: () => NESTED_QUERY,
  },
  {
    id: 'small',
    title: 'Small query: one entity of one subgraph',
    supergraph: 'commerce',
    connections: 50,
    query: () => SMALL_QUERY,
  },
  {
    id: 'list-1000',
    title: '1,000 entities joined over two subgraphs',
    supergraph: 'catalogue',
    connections: 8,
    query: () => listQuery(1_000),
  },
  {
    id: 'list-10000',
    title: '10,000 entities joined over two subgraphs',
    supergraph: 'catalogue',
    connections: 2,
    query: () => listQuery(10_000),
  },
  {
    id: 'cold',
    title: '1,000 operations, each met for the first time',
    supergraph: 'commerce',
    connections: 8,
    query: distinctOperation,
    operations: 1_000,
  },
];
