import type { Json } from '../lib/json.ts';
import type { LocatedError, ResultObject } from './result-tree.ts';
import type { SharedObjects } from './shared-objects.ts';

/** What goes to the client: fields in the order of the request, nulls where the specification has them, and all errors. */
export interface ProjectedResult {
  readonly data: Json;
  /** The whole answer, as JSON, where its data are long and there are no errors. */
  readonly answer?: Buffer;
  readonly errors: readonly LocatedError[];
}

/** What the subgraphs answered: the tree of it, the objects that stand at several places of the tree, and errors that fetches left. */
export interface Answered {
  readonly tree: ResultObject;
  readonly shared?: SharedObjects | undefined;
  readonly errors: readonly LocatedError[];
  /** Whether every string of the tree can be written into JSON as it is. */
  readonly isPlain?: boolean;
}

/** Makes the client's result of what the subgraphs answered. */
export type Project = (answered: Answered, variables: Readonly<Record<string, unknown>>) => ProjectedResult;
