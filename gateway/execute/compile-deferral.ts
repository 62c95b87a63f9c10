import { isCompositeType, type FieldNode, type GraphQLSchema } from 'graphql';
import type { Operation } from '../context.ts';
import type { Deferral } from '../deferral.ts';
import { deferredField } from '../lib/deferred-field.ts';
import { responseKeyOf } from '../lib/response-key.ts';
import { treeKey } from '../lib/tree-key.ts';
import { createClientPath } from './client-path.ts';
import { compileProjection } from './compile-projection.ts';
import { compileFragment } from './compile-shape.ts';
import type { ResultPath } from './places.ts';
import type { ValueShape } from './projection-shape.ts';
import type { Project } from './projection.ts';
import type { ResultObject } from './result-tree.ts';

/** What the pieces of a deferred answer look like to the client. */
export interface CompiledDeferral {
  readonly first: Project;
  /** By the ids of fragments. */
  readonly fragments: ReadonlyMap<string, ValueShape>;
  /** With the variables of a request: what turns the paths of errors in its tree into the client's. */
  readonly clientPathIn: (tree: ResultObject, variables: Operation['variables']) => (path: ResultPath) => ResultPath;
}

/** After how many objects of the same fields code is made for them. */
const GENERATE_AFTER = 100;

/** Works out the shapes of a deferred answer's pieces, once for all requests. `named` is what introspection may spread. */
export function compileDeferral(
  schema: GraphQLSchema,
  { first, planned, fragments, clientKeys }: Deferral,
  named: Operation['fragments'],
): CompiledDeferral {
  const none = new Map();
  const shapes = fragments.map(({ id, type, selectionSet }) => {
    const declared = schema.getType(type);
    if (!isCompositeType(declared)) throw new Error(`the API schema has no type ${type} with fields`);
    const sourceKey = (field: FieldNode): string => treeKey(deferredField(field, id));
    const context = { schema, fragments: none, sourceKey, conditions: {}, generateAfter: GENERATE_AFTER };
    return [id, compileFragment(context, declared, selectionSet)] as const;
  });
  const clientKey = (field: FieldNode): string => clientKeys.get(treeKey(field)) ?? responseKeyOf(field);
  return {
    first: compileProjection(schema, { definition: first, fragments: named }),
    fragments: new Map(shapes),
    clientPathIn: (tree, variables) =>
      createClientPath({ schema, definition: planned, fragments: none, variables, clientKey }, tree),
  };
}
