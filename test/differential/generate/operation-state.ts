import type { GraphQLCompositeType, GraphQLSchema } from 'graphql';
import type { Random } from './create-random.ts';
import type { Samples } from './generate-values.ts';
import type { SelectionScope } from './selection-scope.ts';

/** What operations are made from. */
export interface Source {
  readonly schema: GraphQLSchema;
  readonly samples: Samples;
}

/** A named fragment that has been written. */
export interface Fragment {
  readonly name: string;
  readonly condition: GraphQLCompositeType;
  readonly text: string;
  readonly scope: SelectionScope;
  readonly depth: number;
  readonly size: number;
}

/** Where a selection set stands. */
export interface Place {
  readonly parent: GraphQLCompositeType;
  readonly scope: SelectionScope;
  /** How many levels there may be below. */
  readonly depth: number;
  /** The scopes of the named fragments that are being written around this place; what is entered here is entered there too. */
  readonly around: readonly SelectionScope[];
}

/** What is known of the operation that is being written. */
export interface State {
  readonly random: Random;
  readonly source: Source;
  readonly fragments: Fragment[];
  readonly variables: Map<string, { readonly declaration: string; readonly value: unknown }>;
  /** Goes down and down, past few lists, to where the limit of the gateway is. */
  readonly isDeep: boolean;
  /** How many selections may still be written. */
  budget: number;
  /** How many lists a deep operation may still enter: what is in lists within lists multiplies. */
  lists: number;
}
