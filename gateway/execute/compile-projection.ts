import type { FieldNode, GraphQLObjectType, GraphQLSchema } from 'graphql';
import type { Operation } from '../context.ts';
import { conditionVariables } from '../lib/condition-variables.ts';
import { responseKeyOf } from '../lib/response-key.ts';
import { treeKey } from '../lib/tree-key.ts';
import { collectFields } from './collect-fields.ts';
import { compileFields, type ShapeContext } from './compile-shape.ts';
import { explainedPlaces } from './explained-places.ts';
import { introspect } from './introspect.ts';
import type { ObjectFields } from './projection-shape.ts';
import type { Answered, Project, ProjectedResult } from './projection.ts';
import type { LocatedError, ResultObject } from './result-tree.ts';
import { jsonOf } from './write/output.ts';
import { beginWriting, writeObject } from './write/write-object.ts';
import { writeAscii } from './write/write-scalar.ts';

/** The shape of an operation's result for one combination of the variables in `@skip` and `@include`. */
interface Variant {
  readonly fields: ObjectFields;
  /** The fields `__schema` and `__type` at the root. */
  readonly introspection: readonly FieldNode[];
  /** How long the next answer is likely to be. */
  expectedBytes: number;
}

/** A client may send every combination: the last few are remembered. */
const MAX_VARIANTS = 16;
/** Until there has been an answer. */
const EXPECTED_BYTES = 512;
const MOST_EXPECTED_BYTES = 2_097_152;

/**
 * Compiles the last step of an operation: what the subgraphs answered becomes the client's result, with the semantics of the GraphQL
 * specification (section 6.4). `schema` is the API schema; the operation is valid in it. The shape of the result is worked out once
 * for each combination of conditions, and type by type as objects come. The given tree is never changed. A null that the schema
 * does not allow, and a value that does not fit its type, is an error `SUBGRAPH_INVALID_RESPONSE`; there are at most 100 of them.
 * After `generateAfter` objects of the same fields, code is made for them.
 */
export function compileProjection(
  schema: GraphQLSchema,
  operation: Pick<Operation, 'definition' | 'fragments'>,
  sourceKey: (field: FieldNode) => string = keyInTree,
  generateAfter = 100,
): Project {
  const rootType = rootTypeOf(schema, operation);
  const conditions = conditionVariables(operation);
  const variants = new Map<string, Variant>();

  function variantOf(variables: Variables): Variant {
    const key = conditions.map((name) => (variables[name] === true ? 1 : 0)).join('');
    const known = variants.get(key);
    if (known !== undefined) return known;
    const values = Object.fromEntries(conditions.map((name) => [name, variables[name]]));
    const context = { schema, fragments: operation.fragments, sourceKey, conditions: values, generateAfter };
    const variant = compileVariant(context, rootType, operation);
    const [oldest] = variants.keys();
    if (oldest !== undefined && variants.size >= MAX_VARIANTS) variants.delete(oldest);
    variants.set(key, variant);
    return variant;
  }

  return (answered, variables) => {
    const undecided = conditions.find((name) => typeof variables[name] !== 'boolean');
    if (undecided !== undefined) return { data: 'null', errors: [...answered.errors, nullCondition(undecided)] };
    const variant = variantOf(variables);
    const { introspection } = variant;
    if (introspection.length === 0) return writeRoot(answered, variant);
    const { tree, errors } = answered;
    const introspected = introspect({ schema, operation, fields: introspection }, variables);
    const joint = { tree: joined(tree, introspected.data), errors: [...errors, ...introspected.errors] };
    return writeRoot({ ...answered, ...joint }, variant);
  };
}

/** What subgraphs were asked for stands under its tree key; what the gateway answers itself, under the client's. */
function keyInTree(field: FieldNode): string {
  return field.name.value.startsWith('__') ? responseKeyOf(field) : treeKey(field);
}

type Variables = Readonly<Record<string, unknown>>;

function rootTypeOf(schema: GraphQLSchema, { definition }: Pick<Operation, 'definition'>): GraphQLObjectType {
  const type = schema.getRootType(definition.operation);
  if (type == null) throw new Error(`the schema has no ${definition.operation} type`);
  return type;
}

function compileVariant(
  context: ShapeContext,
  rootType: GraphQLObjectType,
  { definition }: Pick<Operation, 'definition'>,
): Variant {
  const groups = collectFields(context, rootType, [definition.selectionSet]) ?? new Map<string, FieldNode[]>();
  const isIntrospection = ({ name }: FieldNode): boolean => name.value === '__schema' || name.value === '__type';
  return {
    fields: compileFields(context, rootType, { groups, depth: 0 }),
    introspection: [...groups.values()].flat().filter(isIntrospection),
    expectedBytes: EXPECTED_BYTES,
  };
}

/** Validation lets a nullable variable with a default stand where a Boolean must; null can still be sent for it. */
function nullCondition(variable: string): LocatedError {
  const message = `The variable "$${variable}" decides what is skipped or included: it must not be null.`;
  return { message, path: undefined, extensions: { code: 'BAD_USER_INPUT' } };
}

function writeRoot({ tree, shared, errors, isPlain = false }: Answered, variant: Variant): ProjectedResult {
  const writing = beginWriting({
    expectedBytes: variant.expectedBytes,
    isPlain,
    path: [],
    explained: explainedPlaces(errors),
    // What is explained at one place may not be at another.
    shared: errors.length === 0 ? shared : undefined,
  });
  const start = writeAscii(writing, 0, '{"data":');
  const end = writeObject(tree, variant.fields, writing, start);
  const all = writing.errors.length === 0 ? errors : [...errors, ...writing.errors];
  if (end === -1) return { data: 'null', errors: all };
  const wholeEnd = writeAscii(writing, end, '}');
  variant.expectedBytes = withReserve(wholeEnd);
  const data = jsonOf(writing, { start, end });
  if (typeof data === 'string' || all.length > 0) return { data, errors: all };
  return { data, errors: all, answer: writing.bytes.subarray(0, wholeEnd) };
}

/** Answers to one operation resemble each other. One that was very long may be the only one. */
function withReserve(length: number): number {
  return Math.min(length + (length >> 3) + 64, MOST_EXPECTED_BYTES);
}

/** Entries become properties of the object's own, whatever their names: a client may call a field `__proto__`. */
function joined(tree: Readonly<ResultObject>, introspected: Readonly<ResultObject>): ResultObject {
  return Object.fromEntries([...Object.entries(tree), ...Object.entries(introspected)]);
}
