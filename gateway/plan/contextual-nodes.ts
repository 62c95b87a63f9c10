import {
  getNamedType,
  isInterfaceType,
  isObjectType,
  Kind,
  type FieldNode,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql';
import type { FetchNode } from './compiled-plan.ts';
import type { ContextualFields } from './contextual-fields.ts';
import { definitionsOf, type ParseDocument } from './parse-once.ts';

/** Makes what lists the fields of a request that take arguments from objects above. `schema` is the supergraph. */
export function createContextualNodes(schema: GraphQLSchema, { argumentsOf }: ContextualFields) {
  function fieldType(typeName: string, name: string): string {
    const type = schema.getType(typeName);
    const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
    return field === undefined ? '' : getNamedType(field.type).name;
  }

  return ({ document, subgraph }: FetchNode, parse: ParseDocument): readonly FieldNode[] => {
    const { operation, fragments } = definitionsOf(parse(document));
    const found: FieldNode[] = [];
    const walk = ({ selections }: SelectionSetNode, type: string): void => {
      for (const one of selections) {
        if (one.kind === Kind.FIELD) {
          if (argumentsOf(subgraph, type, one.name.value).length > 0) found.push(one);
          if (one.selectionSet) walk(one.selectionSet, fieldType(type, one.name.value));
          continue;
        }
        const fragment = one.kind === Kind.INLINE_FRAGMENT ? one : fragments.get(one.name.value);
        if (fragment) walk(fragment.selectionSet, fragment.typeCondition?.name.value ?? type);
      }
    };
    walk(operation.selectionSet, schema.getRootType(operation.operation)?.name ?? '');
    return found;
  };
}
