import type { ContextualArgument, Path } from '../compiled-plan.ts';
import type { AskedSelection } from './asked-selection.ts';
import type { FieldSet } from './field-sets.ts';

/** How the objects of a request are made known to its subgraph. */
export interface Represented {
  /** The names that the objects may have as `__typename`. */
  readonly types: ReadonlySet<string>;
  /** What is sent of them: a key, and what a field requires. */
  readonly sets: readonly FieldSet[];
  /** What they are called, where that is not their own name. */
  readonly calledAs: string | undefined;
}

/** What each object of a request has from those above it (`@fromContext`). */
export interface TakenFromAbove {
  /** Equal for what is taken alike. */
  readonly text: string;
  readonly values: readonly TakenValue[];
}

export interface TakenValue extends ContextualArgument {
  /** Of the variable. */
  readonly type: string;
}

/** A part of an operation that is answered by itself: what comes first, or a deferred fragment. */
export interface Section {
  /** The deferred fragment's; undefined for what comes first. */
  readonly id: string | undefined;
  /** What the fragment stands in. */
  readonly within: Section | undefined;
}

/** A request of a plan that is being made. */
export interface PlainRequest {
  readonly section: Section;
  readonly subgraph: string;
  /** The place's own: requests for the objects of one place have one path. */
  readonly path: Path;
  readonly selection: AskedSelection;
  /** Undefined where the root is asked. */
  readonly represented: Represented | undefined;
  readonly taken: TakenFromAbove | undefined;
  /** The requests whose answers it needs. */
  readonly after: ReadonlySet<PlainRequest>;
}
