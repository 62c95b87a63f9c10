import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isObjectType,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLObjectType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { responseKeyOf } from '../lib/response-key.ts';
import { treeKey } from '../lib/tree-key.ts';
import { collectFields } from './collect-fields.ts';
import { isObject, ownValue, type ResultPath } from './places.ts';
import type { ResultObject } from './result-tree.ts';

/** What a client asked for, and with which variables. */
interface Asked {
  /** The API schema. */
  readonly schema: GraphQLSchema;
  readonly definition: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly variables: Readonly<Record<string, unknown>>;
  /** What the client calls a field, where it is not by its response key. */
  readonly clientKey?: ((field: FieldNode) => string) | undefined;
}

/** A place of the result where objects stand, and what the client asks of them. */
interface Place {
  /** The type that the schema gives there. */
  readonly declared: GraphQLCompositeType;
  readonly selectionSets: readonly SelectionSetNode[];
}

/** A field that the client asks for. */
interface Field {
  /** The client's. */
  readonly key: string;
  /** What is below it; undefined for a leaf. */
  readonly place: Place | undefined;
}

/** The fields of objects of one type, by the keys that subgraphs were asked by. */
type Fields = ReadonlyMap<string, Field>;

/**
 * Builds what turns the path of an error in the tree of what subgraphs answered into the client's: under the client's aliases, not the keys
 * that subgraphs were asked by. A path into what was asked for the subgraphs' sake alone (`@key`, `@requires`), which the client asked of objects of
 * another type, or left out by `@skip` or `@include`, ends at the last place that the client knows.
 */
export function createClientPath(asked: Asked, tree: ResultObject): (path: ResultPath) => ResultPath {
  const { schema, definition, clientKey = responseKeyOf } = asked;
  const rootType = schema.getRootType(definition.operation);
  if (rootType == null) throw new Error(`the API schema has no ${definition.operation} type`);
  const context = { schema, fragments: asked.fragments, sourceKey: treeKey, conditions: asked.variables };
  const root: Place = { declared: rootType, selectionSets: [definition.selectionSet] };
  const knownFields = new Map<Place, Map<GraphQLObjectType, Fields>>();

  function fieldsOf(place: Place, type: GraphQLObjectType): Fields {
    const byType = knownFields.get(place) ?? new Map<GraphQLObjectType, Fields>();
    knownFields.set(place, byType);
    const known = byType.get(type);
    if (known !== undefined) return known;
    const fields = new Map<string, Field>();
    for (const nodes of collectFields(context, type, place.selectionSets)?.values() ?? []) {
      const [node] = nodes;
      if (node !== undefined) fields.set(treeKey(node), { key: clientKey(node), place: placeBelow(type, nodes) });
    }
    byType.set(type, fields);
    return fields;
  }

  function placeBelow(type: GraphQLObjectType, nodes: readonly FieldNode[]): Place | undefined {
    const field = type.getFields()[nodes[0]?.name.value ?? ''];
    const declared = field && getNamedType(field.type);
    if (!isCompositeType(declared)) return undefined;
    const selectionSets = nodes.flatMap(({ selectionSet }) => (selectionSet === undefined ? [] : [selectionSet]));
    return { declared, selectionSets };
  }

  return (path) => {
    const found: (string | number)[] = [];
    let place: Place | undefined = root;
    let value: unknown = tree;
    for (const key of path) {
      if (typeof key === 'number') {
        found.push(key);
        value = Array.isArray(value) ? value[key] : undefined;
        continue;
      }
      const at: Place | undefined = place;
      const types: readonly GraphQLObjectType[] = at === undefined ? [] : typesOf(schema, at, value);
      const next = types.map((type) => at && fieldsOf(at, type).get(key)).find((one) => one !== undefined);
      if (next === undefined) return found;
      found.push(next.key);
      place = next.place;
      value = isObject(value) ? ownValue(value, key) : undefined;
    }
    return found;
  };
}

/** The type of the object at a place; all that it may be where it does not tell, or is not there. */
function typesOf(schema: GraphQLSchema, { declared }: Place, value: unknown): readonly GraphQLObjectType[] {
  if (!isAbstractType(declared)) return [declared];
  const name = isObject(value) ? value['__typename'] : undefined;
  const own = typeof name === 'string' ? schema.getType(name) : undefined;
  return isObjectType(own) && schema.isSubType(declared, own) ? [own] : schema.getPossibleTypes(declared);
}
