import {
  getNullableType,
  isAbstractType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLFieldResolver,
  type GraphQLOutputType,
  type GraphQLSchema,
} from 'graphql';
import type { Random } from './random.ts';

/** How often an answer is not as it should be, from 0 to 1. */
interface Faults {
  readonly isNull: number;
  readonly isNullWhereNoneMayBe: number;
  readonly isOfAnotherType: number;
}

/**
 * Makes a resolver that makes its data up and writes it into the tree that it resolves: objects under their response keys, with
 * `__typename` and keys that nobody asked for, nulls where none may be, and values that do not fit.
 */
export function randomAnswers(
  schema: GraphQLSchema,
  random: Random,
  faults: Faults,
): GraphQLFieldResolver<object, unknown> {
  function valueOf(type: GraphQLOutputType): unknown {
    const nullRate = isNonNullType(type) ? faults.isNullWhereNoneMayBe : faults.isNull;
    if (random.isLikely(nullRate)) return random.oneOf([null, undefined]);
    const nullable = getNullableType(type);
    if (random.isLikely(faults.isOfAnotherType)) return random.oneOf(misfitsFor(nullable));
    if (isListType(nullable)) return Array.from({ length: random.below(4) }, () => valueOf(nullable.ofType));
    if (isObjectType(nullable)) return answered(nullable.name);
    if (isAbstractType(nullable)) return answered(random.oneOf(schema.getPossibleTypes(nullable))?.name);
    return random.oneOf(
      isEnumType(nullable) ? nullable.getValues().map(({ name }) => name) : fittingFor(nullable.name),
    );
  }

  return (source, _args, _context, { path, returnType }) => {
    const value = valueOf(returnType);
    Object.defineProperty(source, path.key, { value, enumerable: true, configurable: true, writable: true });
    return value;
  };
}

function answered(typename: string | undefined): object {
  return { __typename: typename, _planner_0: 'not asked', secret: { of: 'nobody' } };
}

function fittingFor(scalar: string): readonly unknown[] {
  return FITTING.get(scalar) ?? ['x', 1, { a: [null] }, [], false];
}

const FITTING: ReadonlyMap<string, readonly unknown[]> = new Map<string, readonly unknown[]>([
  ['String', ['', 'text', '"quoted"\n', '\u2028']],
  ['ID', ['', 'x1', 12, -3]],
  ['Int', [0, -7, 2147483647]],
  ['Float', [0, 1.5, 1e21]],
  ['Boolean', [true, false]],
]);

/** Values that graphql-js does not coerce to the type either. */
function misfitsFor(type: GraphQLOutputType): readonly unknown[] {
  if (isListType(type)) return [{}, 'x', 3];
  if (isObjectType(type)) return ['x', [], 3, true];
  if (isAbstractType(type)) return [answered('Hidden'), answered('Query'), answered('constructor'), 'x', []];
  return isEnumType(type) ? ['HIDDEN', 'constructor', {}] : (MISFITS.get(type.toString()) ?? [null]);
}

const MISFITS: ReadonlyMap<string, readonly unknown[]> = new Map<string, readonly unknown[]>([
  ['String', [{}, ['x']]],
  ['ID', [1.5, true, {}, []]],
  ['Int', ['x', 1.5, 2147483648, {}, []]],
  ['Float', ['x', Infinity, {}]],
  ['Boolean', ['true', {}, []]],
]);
