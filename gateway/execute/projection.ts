import type { LocatedError, ResultObject } from './result-tree.ts';

/** What goes to the client: fields in the order of the request, nulls where the specification has them, and all errors. */
export interface ProjectedResult {
  readonly data: ResultObject | null;
  readonly errors: readonly LocatedError[];
}

/** Makes the client's result of what the subgraphs answered. `errors` are those that the fetches left. */
export type Project = (
  tree: ResultObject,
  variables: Readonly<Record<string, unknown>>,
  errors: readonly LocatedError[],
) => ProjectedResult;
