import type { FieldNode } from 'graphql';

/** The key under which a field stands in an answer: its alias, or its name (GraphQL specification, section 2.7). */
export function responseKeyOf({ alias, name }: Pick<FieldNode, 'alias' | 'name'>): string {
  return (alias ?? name).value;
}
