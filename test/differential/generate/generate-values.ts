import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredArgument,
  isRequiredInputField,
  isSpecifiedScalarType,
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInputType,
} from 'graphql';
import type { Random } from './create-random.ts';

export type Samples = Readonly<Record<string, readonly unknown[]>>;

/** Declares a variable of a type and gives its reference, `$name`. */
export type DeclareVariable = (type: string, value: unknown, isOptional: boolean) => string;

interface Maker {
  readonly random: Random;
  readonly samples: Samples;
  readonly declare: DeclareVariable;
}

/** Writes the arguments of a field, with the brackets; some are literals, some are variables, some are left out. */
export function generateArguments(args: readonly GraphQLArgument[], maker: Maker): string {
  const written = args.flatMap((arg) => {
    if (!isRequiredArgument(arg) && maker.random.chance(0.45)) return [];
    return [`${arg.name}: ${writeValue(arg, maker)}`];
  });
  return written.length === 0 ? '' : `(${written.join(', ')})`;
}

/** Writes the value of an argument or of an input field: a variable, or a literal that may hold variables. */
function writeValue(place: GraphQLArgument | GraphQLInputField, maker: Maker): string {
  const { random, declare } = maker;
  if (!random.chance(0.4)) return writeLiteral(place.type, place.name, maker);
  const value = generateValue(place.type, place.name, maker);
  // Where there is a default, a variable that may be left out will do.
  const isLoose = place.defaultValue !== undefined && random.chance(0.5);
  const type = String(isLoose ? nonNull(place.type) : place.type);
  if (value === null || isNonNullType(place.type) || !random.chance(0.2))
    return declare(type, value, !type.endsWith('!'));
  return declare(`${type}!`, value, false);
}

function writeLiteral(type: GraphQLInputType, name: string, maker: Maker): string {
  const { random } = maker;
  if (!isNonNullType(type) && random.chance(0.08)) return 'null';
  return writeNonNull(nonNull(type), name, maker);
}

function writeNonNull(type: GraphQLInputType, name: string, maker: Maker): string {
  const { random } = maker;
  if (isListType(type)) {
    // A single value stands for a list of one.
    if (random.chance(0.2)) return writeNonNull(nonNull(type.ofType), name, maker);
    return `[${list(random, () => writeItem(type.ofType, name, maker)).join(', ')}]`;
  }
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).flatMap((field) =>
      isRequiredInputField(field) || random.chance(0.6) ? [`${field.name}: ${writeValue(field, maker)}`] : [],
    );
    return `{${fields.join(', ')}}`;
  }
  const value = generateNonNull(type, name, maker);
  if (typeof value !== 'string') return literalOf(value);
  const isBare = isEnumType(type) || (type.name === 'ID' && /^(0|[1-9]\d*)$/.test(value) && random.chance(0.3));
  return isBare ? value : JSON.stringify(value);
}

function writeItem(type: GraphQLInputType, name: string, maker: Maker): string {
  if (!maker.random.chance(0.15)) return writeLiteral(type, name, maker);
  return maker.declare(String(type), generateValue(type, name, maker), !isNonNullType(type));
}

/** A value of a type, as JSON. */
function generateValue(type: GraphQLInputType, name: string, maker: Maker): unknown {
  return !isNonNullType(type) && maker.random.chance(0.1) ? null : generateNonNull(nonNull(type), name, maker);
}

function generateNonNull(type: GraphQLInputType, name: string, maker: Maker): unknown {
  const { random, samples } = maker;
  if (isListType(type)) return list(random, () => generateValue(type.ofType, name, maker));
  if (isInputObjectType(type))
    return Object.fromEntries(
      Object.values(type.getFields())
        .filter((field) => isRequiredInputField(field) || random.chance(0.6))
        .map((field) => [field.name, generateValue(field.type, field.name, maker)]),
    );
  if (isEnumType(type)) return random.pick(type.getValues()).name;
  const named = getNamedType(type).name;
  if (!isSpecifiedScalarType(getNamedType(type)) && random.chance(0.12)) return random.pick(ANYTHING);
  const known = samples[name];
  if (known !== undefined && isOfType(known[0], named)) return random.pick(known);
  if (named === 'Boolean') return random.chance(0.5);
  if (named === 'Int') return random.below(5);
  if (named === 'Float') return random.below(50) / 4;
  return random.pick(samples['text'] ?? ['', 'a', 'some text']);
}

/** Scalars of one's own may be anything. */
const ANYTHING = [7, 2.5, true, { a: [1, null], b: { c: 'x' } }, ['x', []]];

/** Writes a JSON value as a GraphQL literal, whose keys stand without quotes. */
function literalOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literalOf).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).map(([name, inner]) => `${name}: ${literalOf(inner)}`);
  return `{${fields.join(', ')}}`;
}

function isOfType(sample: unknown, type: string): boolean {
  if (type === 'Int' || type === 'Float') return typeof sample === 'number';
  return type === 'Boolean' ? typeof sample === 'boolean' : typeof sample === 'string';
}

function nonNull(type: GraphQLInputType): GraphQLInputType {
  return isNonNullType(type) ? type.ofType : type;
}

function list<T>(random: Random, make: () => T): T[] {
  return Array.from({ length: random.below(4) }, make);
}
