/** How large an operation may be. Counted after fragments are spread, as that is what would have to be planned and run. */
export interface OperationLimits {
  readonly maxTokens: number;
  readonly maxDepth: number;
  readonly maxAliases: number;
  readonly maxRootFields: number;
  readonly maxFields: number;
}
