import { createHash } from 'node:crypto';
import { Kind, print, visit, type ArgumentNode, type FieldNode } from 'graphql';

/**
 * The response key under which subgraphs are asked for a field. A field without alias and arguments keeps its name; any other gets a
 * key that stands for just this alias, field and arguments. Subgraphs may need fields of each other (`@key`, `@requires`) under their
 * plain names: if a client's alias, or its arguments, decided what stands there, they would be sent something else. Derived from the
 * field alone, so that whoever plans and whoever reads the answer agree.
 */
export function treeKey({ alias, name, arguments: given = [] }: FieldNode): string {
  if (name.value === '__typename') return '__typename';
  const key = (alias ?? name).value;
  if (key === name.value && given.length === 0) return key;
  const meaning = [key, name.value, given.map((argument) => print(inOneOrder(argument))).sort()];
  const hash = createHash('sha256').update(JSON.stringify(meaning)).digest('hex');
  return `_${name.value}_${hash.slice(0, 12)}`;
}

/** Whether a key stands for a field with its alias and arguments, and for nothing that subgraphs need of each other. */
export function isFieldsOwnKey(key: string): boolean {
  return /^_.+_[0-9a-f]{12}$/.test(key);
}

/** The order of arguments and of the fields of input objects means nothing (GraphQL specification, section 2.6). */
function inOneOrder(argument: ArgumentNode): ArgumentNode {
  const { kind } = argument.value;
  if (kind !== Kind.OBJECT && kind !== Kind.LIST) return argument;
  return visit(argument, {
    [Kind.OBJECT]: {
      leave: (object) => ({
        ...object,
        fields: [...object.fields].sort((a, b) => (a.name.value < b.name.value ? -1 : 1)),
      }),
    },
  });
}
