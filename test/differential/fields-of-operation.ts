import { Kind, parse, visit, type FieldNode } from 'graphql';
import type { GeneratedOperation } from './generate/generate-operation.ts';

/** All fields of an operation, wherever they stand. */
export function fieldsOf({ query }: Pick<GeneratedOperation, 'query'>): FieldNode[] {
  const fields: FieldNode[] = [];
  visit(parse(query), { [Kind.FIELD]: (node: FieldNode) => void fields.push(node) });
  return fields;
}
