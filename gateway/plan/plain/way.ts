import type { FieldNode } from 'graphql';
import type { Source } from './place.ts';
import type { Route } from './routes.ts';

/** Who is asked for a field of an object, and how. */
export interface Way extends Omit<Route, 'source'> {
  /** What is asked already; undefined where a request has to be made. */
  readonly source: Source | undefined;
}

export interface Limits {
  /** Subgraphs that were found to lack something of the field. */
  readonly tried: ReadonlySet<string>;
  /** Where a key is asked for: what needs as many requests before it as the one that needs the key is too late. */
  readonly below: number | undefined;
}

/** No limits. */
export const ANYBODY: Limits = { tried: new Set(), below: undefined };

/** A field that a way is looked for to. */
export interface WantedField {
  readonly field: FieldNode;
  readonly object: string;
  /** All objects of which it is asked. */
  readonly objects: ReadonlySet<string>;
  readonly limits: Limits;
  /** Whether a subgraph can be asked for it of all these objects, as far as that has been looked up. */
  readonly sharedBy: Map<string, boolean>;
}
