/** An object as subgraphs answered it, by response keys; fields of several subgraphs are merged into one. */
export interface ResultObject {
  [key: string]: unknown;
}

/** An error at a place in the result, before the client's shape is given to it. */
export interface LocatedError {
  readonly message: string;
  readonly path: readonly (string | number)[] | undefined;
  /** `extensions.code` as the subgraph or the gateway gave it. */
  readonly extensions: Readonly<Record<string, unknown>> | undefined;
  /** Whose error it is; for the log, not for the client. Absent where the gateway found it. */
  readonly subgraph?: string;
  /** Whether it repeats an error that stands further down, where that is not enough: see `consequencesOf`. */
  readonly isConsequence?: boolean;
}
