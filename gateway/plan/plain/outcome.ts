import { Kind, type SelectionNode } from 'graphql';
import type { PlainRequest } from './plain-request.ts';

/** What became of something that was asked for. */
export interface Outcome {
  /** The requests that bring it. */
  readonly by: ReadonlySet<PlainRequest>;
  /** What nobody was found for: what it is a part of may have to be asked for elsewhere. */
  readonly left: readonly SelectionNode[];
}

/** Several outcomes as one. */
export function joined(outcomes: readonly Outcome[]): Outcome {
  return { by: new Set(outcomes.flatMap(({ by }) => [...by])), left: outcomes.flatMap(({ left }) => left) };
}

/** An outcome that leaves nothing. Throws where something is left for which nobody was found. */
export function broughtWhole<Some extends Outcome>(outcome: Some): Some {
  if (outcome.left.length > 0) throw new Error(`the plan would ask nobody for ${nameOf(outcome.left)}`);
  return outcome;
}

function nameOf([first]: readonly SelectionNode[]): string {
  if (first === undefined || first.kind === Kind.FRAGMENT_SPREAD) return '';
  const { selections = [] } = first.selectionSet ?? {};
  if (first.kind === Kind.INLINE_FRAGMENT) return `${nameOf(selections)} of ${first.typeCondition?.name.value ?? ''}`;
  return selections.length === 0 ? first.name.value : nameOf(selections);
}
