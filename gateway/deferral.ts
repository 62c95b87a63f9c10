import type { GraphQLError, OperationDefinitionNode, SelectionSetNode } from 'graphql';
import type { WrittenResult } from './context.ts';
import type { Json } from './lib/json.ts';

/**
 * An operation in pieces, for one combination of the values of its conditions: what is answered first, and the fragments that follow
 * it. No `@skip`, `@include` or named fragment is left in it.
 */
export interface Deferral {
  /** Names the operation and which of its fragments are deferred. */
  readonly key: string;
  /** The whole of it as it is planned: deferred fragments carry their ids as labels, and their fields have aliases of their own. */
  readonly planned: OperationDefinitionNode;
  /** What the client gets first. */
  readonly first: OperationDefinitionNode;
  /** A fragment comes after the one that it stands in. */
  readonly fragments: readonly DeferredFragment[];
  /** Every alias of `planned` that is not the client's, and what the client calls the field. */
  readonly clientKeys: ReadonlyMap<string, string>;
}

/** One occurrence of `@defer`. Its aliases keep apart, in the tree of an answer, what it and what others ask of the same objects. */
export interface DeferredFragment {
  readonly id: string;
  /** The client's. */
  readonly label: string | undefined;
  /** The fragment that it stands in: it never comes before that one. */
  readonly parent: string | undefined;
  /** The way to the objects that it belongs to, from those of its parent or from the root. */
  readonly place: readonly PlaceStep[];
  /** The type of those objects as the schema has it. */
  readonly type: string;
  /** What the client gets of each of them. */
  readonly selectionSet: SelectionSetNode;
}

export type PlaceStep =
  | { readonly kind: 'field'; readonly clientKey: string; readonly treeKey: string }
  /** Goes on from objects of these types alone. */
  | { readonly kind: 'type'; readonly types: ReadonlySet<string> };

/** A deferred fragment of one object, ready to be sent. */
export interface Increment {
  readonly label: string | undefined;
  readonly path: readonly (string | number)[];
  readonly data: Json;
  readonly errors?: readonly GraphQLError[];
}

/** Takes an answer in pieces. Each call resolves when the client is ready for more. */
export interface TakeParts {
  readonly first: (result: WrittenResult) => Promise<void>;
  readonly next: (increments: readonly Increment[], hasNext: boolean) => Promise<void>;
}
