import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isLeafType,
  isUnionType,
  parse,
  validate,
  type DocumentNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
} from 'graphql';
import type { Random } from './random.ts';

/** The Boolean variables that every random operation has. */
export const CONDITION_VARIABLES = ['a', 'b', 'c'] as const;

const MAX_DEPTH = 4;
/** Names that every object inherits something by. */
const ODD_ALIASES = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];

interface Drawing {
  readonly schema: GraphQLSchema;
  readonly random: Random;
  /** Finished fragments, by name: the type and the text. They may be spread again. */
  readonly fragments: Map<string, { readonly type: GraphQLCompositeType; readonly text: string }>;
}

/**
 * Draws a valid query of a schema whose fields need no arguments: aliases, duplicates, fragments of every kind within each other,
 * `__typename`, `@skip` and `@include` everywhere.
 */
export function randomOperation(schema: GraphQLSchema, random: Random): DocumentNode {
  for (;;) {
    const drawing: Drawing = { schema, random, fragments: new Map() };
    const queryType = schema.getQueryType();
    if (queryType == null) throw new Error('the schema has no query type');
    const selections = drawSelections(drawing, queryType, MAX_DEPTH);
    const definitions = [...drawing.fragments].map(
      ([name, { type, text }]) => `fragment ${name} on ${type.name} ${text}`,
    );
    const variables = CONDITION_VARIABLES.map((name) => `$${name}: Boolean!`).join(' ');
    const document = parse([`query (${variables}) ${selections}`, ...definitions].join('\n'));
    // What is drawn may say two things of one response key, which is drawn again; or leave a variable or a fragment unused, which does no harm.
    const problems = validate(schema, document).filter(({ message }) => !message.includes('is never used'));
    if (problems.length === 0) return document;
  }
}

function drawSelections(drawing: Drawing, type: GraphQLCompositeType, depth: number): string {
  const count = 1 + drawing.random.below(4);
  const selections = Array.from({ length: count }, () => drawSelection(drawing, type, depth));
  return `{ ${selections.join(' ')} }`;
}

function drawSelection(drawing: Drawing, type: GraphQLCompositeType, depth: number): string {
  const { random } = drawing;
  const kind = random.below(10);
  if (depth > 0 && kind === 0) return `...${drawCondition(drawing)} ${drawSelections(drawing, type, depth - 1)}`;
  if (depth > 0 && (kind <= 2 || (isAbstractType(type) && kind <= 5))) return drawFragment(drawing, type, depth - 1);
  return drawField(drawing, type, depth);
}

function drawFragment(drawing: Drawing, parent: GraphQLCompositeType, depth: number): string {
  const { random, schema, fragments } = drawing;
  const fitting = [...fragments].filter(([, { type }]) => overlap(schema, parent, type));
  const known = random.isLikely(0.3) ? random.oneOf(fitting) : undefined;
  if (known !== undefined) return `...${known[0]}${drawCondition(drawing)}`;
  const types = Object.values(schema.getTypeMap()).filter(
    (one): one is GraphQLCompositeType =>
      isCompositeType(one) && !one.name.startsWith('__') && overlap(schema, parent, one),
  );
  const type = random.oneOf(types) ?? parent;
  const text = drawSelections(drawing, type, depth);
  if (random.isLikely(0.5)) return `... on ${type.name}${drawCondition(drawing)} ${text}`;
  const name = `F${fragments.size}`;
  fragments.set(name, { type, text });
  return `...${name}${drawCondition(drawing)}`;
}

function overlap(schema: GraphQLSchema, one: GraphQLCompositeType, other: GraphQLCompositeType): boolean {
  const possible = (type: GraphQLCompositeType): readonly { readonly name: string }[] =>
    isAbstractType(type) ? schema.getPossibleTypes(type) : [type];
  return possible(one).some(({ name }) => possible(other).some((also) => also.name === name));
}

function drawField(drawing: Drawing, type: GraphQLCompositeType, depth: number): string {
  const { random } = drawing;
  const fields = isUnionType(type) ? [] : Object.values(type.getFields());
  const affordable = depth > 0 ? fields : fields.filter((field) => isLeafType(getNamedType(field.type)));
  const field = random.isLikely(0.1) ? undefined : random.oneOf(affordable);
  const name = field?.name ?? '__typename';
  const alias = drawAlias(random, name);
  const fieldType = field && getNamedType(field.type);
  const selections = isCompositeType(fieldType) ? ` ${drawSelections(drawing, fieldType, depth - 1)}` : '';
  return `${alias}${name}${drawCondition(drawing)}${selections}`;
}

function drawAlias(random: Random, name: string): string {
  if (random.isLikely(0.04)) return `${random.oneOf(ODD_ALIASES) ?? name}: `;
  return random.isLikely(0.25) ? `${name}_${random.below(2)}: ` : '';
}

function drawCondition({ random }: Drawing): string {
  if (!random.isLikely(0.2)) return '';
  const value = random.isLikely(0.1) ? String(random.isLikely(0.5)) : `$${random.oneOf(CONDITION_VARIABLES) ?? 'a'}`;
  return ` @${random.isLikely(0.5) ? 'skip' : 'include'}(if: ${value})`;
}
