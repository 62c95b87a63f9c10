/** What is told of subscriptions to subgraphs, each of which clients may share. */
export interface UpstreamMetrics {
  readonly upstreamOpened: (subgraph: string) => void;
  readonly upstreamEnded: (subgraph: string) => void;
  /** Its connection was lost, or could not be made, and is tried again. */
  readonly upstreamLost: (subgraph: string) => void;
}
