import { Kind, visit, type ASTNode } from 'graphql';
import { DEFER_DIRECTIVE } from '../lib/defer-directive.ts';

/** Whether `@defer` stands somewhere in a part of a document. */
export function hasDefer(part: ASTNode): boolean {
  let isFound = false;
  visit(part, { [Kind.DIRECTIVE]: ({ name }) => void (isFound ||= name.value === DEFER_DIRECTIVE.name) });
  return isFound;
}

/** A part of a document as it is for those who take the answer whole. */
export function withoutDefer<Part extends ASTNode>(part: Part): Part {
  return visit(part, { [Kind.DIRECTIVE]: ({ name }) => (name.value === DEFER_DIRECTIVE.name ? null : undefined) });
}
