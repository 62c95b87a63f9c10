/** One reason why a supergraph cannot be used, with its place in the text where it has one. */
export interface RefusalReason {
  readonly message: string;
  readonly place: { readonly line: number; readonly column: number } | undefined;
}

/** A supergraph was read in another process, and cannot be used. */
export class SupergraphRefused extends Error {
  override readonly name = 'SupergraphRefused';
  readonly reasons: readonly RefusalReason[];

  constructor(reasons: readonly RefusalReason[]) {
    super(reasons.map(({ message }) => message).join('; '));
    this.reasons = reasons;
  }
}
