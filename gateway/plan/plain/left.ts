import { Kind, type SelectionNode } from 'graphql';
import { NoPlan } from '../no-plan.ts';

/** What nobody was found for: what it is a part of may have to be asked for elsewhere. */
export type Left = readonly SelectionNode[];

export const NOTHING_LEFT: Left = [];

/** What is left of two that were asked for. */
export function leftOfBoth(one: Left, other: Left): Left {
  if (other.length === 0) return one;
  return one.length === 0 ? other : [...one, ...other];
}

/** Throws where something is left for which nobody was found. */
export function refuseLeft(left: Left): void {
  if (left.length > 0) throw new NoPlan('none found', `the plan would ask nobody for ${nameOf(left)}`);
}

function nameOf([first]: readonly SelectionNode[]): string {
  if (first === undefined || first.kind === Kind.FRAGMENT_SPREAD) return '';
  const { selections = [] } = first.selectionSet ?? {};
  if (first.kind === Kind.INLINE_FRAGMENT) return `${nameOf(selections)} of ${first.typeCondition?.name.value ?? ''}`;
  return selections.length === 0 ? first.name.value : nameOf(selections);
}
