/** How large an operation may be. Counted after fragments are spread, as that is what would have to be planned and run. */
export interface OperationLimits {
  readonly maxTokens: number;
  readonly maxDepth: number;
  readonly maxAliases: number;
  readonly maxRootFields: number;
  readonly maxFields: number;
  /** How many brackets may stand within each other in a document, and how many lists and maps in a variable. */
  readonly maxNesting: number;
  /** How many fields the answer may hold; see `answerSize`. */
  readonly maxAnswerFields: number;
  /** How long a list is taken to be of which nothing is said. */
  readonly assumedListLength: number;
}
