/**
 * Stands in the tree, for the rest of a run, where two subgraphs gave one value in shapes that cannot be one: no list with a list of
 * another length, no object with one of another type. It is nothing that JSON can have: whoever sends or writes it without looking
 * throws, and nobody takes it for a value.
 */
export const IRRECONCILABLE = 0n;
