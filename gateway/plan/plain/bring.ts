import type { SelectionNode } from 'graphql';
import type { Place } from './place.ts';
import type { PlainRequest, Section } from './plain-request.ts';
import type { Limits } from './way.ts';

/** What something is asked for on the way to. */
export interface Asking {
  /** Told which requests bring it. */
  readonly by: Set<PlainRequest>;
  readonly section: Section;
}

/** Asks for fields of objects at a place. Throws where nobody has them. */
export type Bring = (
  place: Place,
  selections: readonly SelectionNode[],
  wanted: Asking & { readonly objects: ReadonlySet<string>; readonly limits: Limits },
) => void;
