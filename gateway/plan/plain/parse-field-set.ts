import { Kind, parse, visit, type FieldNode, type SelectionSetNode } from 'graphql';
import { treeKey } from '../../lib/tree-key.ts';

/** Reads the fields of a `@key`, `@requires` or `@provides`, each under its tree key: what is asked for with arguments stands apart. */
export function parseFieldSet(fieldSet: string): SelectionSetNode {
  const [operation] = parse(`{ ${fieldSet} }`, { noLocation: true }).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error(`not a set of fields: ${fieldSet}`);
  return visit(operation.selectionSet, { [Kind.FIELD]: underTreeKey });
}

function underTreeKey(field: FieldNode): FieldNode | undefined {
  const key = treeKey(field);
  return key === field.name.value ? undefined : { ...field, alias: { kind: Kind.NAME, value: key } };
}
