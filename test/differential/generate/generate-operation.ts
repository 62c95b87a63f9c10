import {
  getNamedType,
  getNullableType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  isUnionType,
  GraphQLNonNull,
  GraphQLString,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
} from 'graphql';
import { createRandom, type Random } from './create-random.ts';
import { fieldsToPick, samplesFor } from './fields-to-pick.ts';
import { conditions, declarer } from './generate-conditions.ts';
import { generateArguments } from './generate-values.ts';
import type { Place, Source, State } from './operation-state.ts';
import { admits, admitsAll, enter, enterAll, newScope } from './selection-scope.ts';

export interface GeneratedOperation {
  readonly seed: number;
  readonly kind: 'query' | 'mutation';
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

const MAX_DEPTH = 7;
/** One level less than the gateway's limit: the fields at the end are a level of their own. */
const DEEPEST = 19;
const ALIASES = ['a', 'b', 'c', 'x'];

/** Generates a valid operation; the same for the same seed and schema. One in ten is a mutation, where there are any. */
export function generateOperation(source: Source, seed: number): GeneratedOperation {
  const random = createRandom(seed);
  const isDeep = random.chance(0.05);
  const state: State = {
    random,
    source,
    fragments: [],
    variables: new Map(),
    isDeep,
    budget: isDeep ? 60 : 4 + random.below(random.pick([10, 30, 60])),
    lists: 2,
  };
  const { schema } = source;
  const mutation = schema.getMutationType();
  const kind = mutation != null && random.chance(0.1) ? 'mutation' : 'query';
  const root = kind === 'mutation' ? mutation : schema.getQueryType();
  if (root == null) throw new Error('the schema has no root type');
  const depth = isDeep ? DEEPEST : 2 + random.below(MAX_DEPTH - 1);
  const body = selectionSet({ parent: root, scope: newScope(), depth, around: [] }, state);
  const parts = [body, ...state.fragments.map(({ text }) => text)].join('\n');
  const variables = [...state.variables].filter(([name]) => new RegExp(`\\$${name}\\b`).test(parts));
  const declarations = variables.map(([, { declaration }]) => declaration).join(', ');
  const head = `${kind} Generated${declarations === '' ? '' : `(${declarations})`}`;
  return {
    seed,
    kind,
    query: `${head} ${parts}\n`,
    variables: Object.fromEntries(
      variables.filter(([, { value }]) => value !== undefined).map(([name, { value }]) => [name, value]),
    ),
  };
}

function selectionSet(place: Place, state: State): string {
  const { random } = state;
  const wanted = 1 + random.below(state.isDeep ? 2 : 5);
  const written: string[] = [];
  for (let attempt = 0; attempt < wanted * 2 && written.length < wanted && state.budget > 0; attempt += 1) {
    const selection = selectionOf(place, state);
    if (selection !== undefined) written.push(selection);
  }
  if (written.length === 0) written.push(typename(place, random) ?? '__typename');
  return `{ ${written.join(' ')} }`;
}

function selectionOf(place: Place, state: State): string | undefined {
  const { random } = state;
  state.budget -= 1;
  const roll = random.below(100);
  const isAbstract = isAbstractType(place.parent);
  if (roll < 7) return typename(place, random);
  if (roll < (isAbstract ? 40 : 16)) return inlineFragment(place, state);
  if (roll < (isAbstract ? 55 : 24)) return namedFragment(place, state);
  if (roll < (isAbstract ? 62 : 28)) return knownFragment(place, state);
  return isUnionType(place.parent) ? inlineFragment(place, state) : field(place, state);
}

function typename({ parent, scope, around }: Place, random: Random): string | undefined {
  const key = random.chance(0.2) ? random.pick(ALIASES) : '__typename';
  const use = { parent: parent.name, isObject: isObjectType(parent), call: '__typename', type: TYPENAME };
  if (![scope, ...around].every((each) => admits(each, key, use))) return undefined;
  for (const each of [scope, ...around]) enter(each, key, use);
  return key === '__typename' ? key : `${key}: __typename`;
}

const TYPENAME = new GraphQLNonNull(GraphQLString);

function field(place: Place, state: State): string | undefined {
  const { parent, scope, around, depth } = place;
  const { random, source } = state;
  if (isUnionType(parent)) return undefined;
  const fields = fieldsToPick(parent, depth, state);
  if (fields.length === 0) return typename(place, random);
  const chosen = random.pick(fields);
  const args = generateArguments(chosen.args, {
    random,
    samples: samplesFor(chosen, source),
    declare: declarer(state),
  });
  const use = { parent: parent.name, isObject: isObjectType(parent), call: `${chosen.name}${args}`, type: chosen.type };
  const key = responseKeys(chosen, Object.values(parent.getFields()), random).find((candidate) =>
    [scope, ...around].every((each) => admits(each, candidate, use)),
  );
  if (key === undefined) return undefined;
  const [inner, ...innerAround] = [scope, ...around].map((each) => enter(each, key, use));
  const head = `${key === chosen.name ? '' : `${key}: `}${use.call}${conditions(state)}`;
  const type = getNamedType(chosen.type);
  if (isListType(getNullableType(chosen.type)) && isCompositeType(type)) state.lists -= 1;
  if (!isCompositeType(type) || inner === undefined) return head;
  return `${head} ${selectionSet({ parent: type, scope: inner, around: innerAround, depth: depthBelow(chosen, depth) }, state)}`;
}

/** The schema is wide at every level: a few of them are enough. */
function depthBelow({ name }: GraphQLField<unknown, unknown>, depth: number): number {
  return name.startsWith('__') ? Math.min(depth - 1, 3) : depth - 1;
}

/** Candidates for the response key; some of them are names of other fields, which planners may want for themselves. */
function responseKeys(
  { name }: GraphQLField<unknown, unknown>,
  all: readonly { name: string }[],
  random: Random,
): string[] {
  const others = [`${name}_1`, `${name}_2`, `${name}_3`];
  const roll = random.below(100);
  if (roll < 12) return [random.pick(ALIASES), name, ...others];
  if (roll < 20) return [random.pick(all).name, name, ...others];
  if (roll < 27) return others;
  return [name, ...others];
}

function inlineFragment(place: Place, state: State): string | undefined {
  if (place.depth < 0) return undefined;
  const condition = state.random.chance(0.15) ? undefined : conditionOf(place.parent, state);
  const inner = {
    ...place,
    parent: condition ?? place.parent,
    depth: place.depth - (state.random.chance(0.5) ? 1 : 0),
  };
  const head = `...${condition === undefined ? '' : ` on ${condition.name}`}${conditions(state)}`;
  return `${head} ${selectionSet(inner, state)}`;
}

function namedFragment(place: Place, state: State): string | undefined {
  if (place.depth < 0) return undefined;
  const condition = conditionOf(place.parent, state);
  const scope = newScope();
  const before = state.budget;
  const body = selectionSet(
    { parent: condition, scope: place.scope, around: [...place.around, scope], depth: place.depth - 1 },
    state,
  );
  const name = `F${state.fragments.length}`;
  const text = `fragment ${name} on ${condition.name} ${body}`;
  state.fragments.push({ name, condition, text, scope, depth: place.depth, size: before - state.budget });
  return `...${name}${conditions(state)}`;
}

/** Spreads a fragment again that was written elsewhere. */
function knownFragment({ parent, scope, around, depth }: Place, state: State): string | undefined {
  const { random, source, fragments } = state;
  const possible = fragments.filter(
    (fragment) =>
      fragment.depth <= depth + 1 &&
      fragment.size <= Math.max(4, state.budget) &&
      overlaps(source.schema, parent, fragment.condition) &&
      [scope, ...around].every((each) => admitsAll(each, fragment.scope)),
  );
  if (possible.length === 0) return undefined;
  const fragment = random.pick(possible);
  for (const each of [scope, ...around]) enterAll(each, fragment.scope);
  state.budget -= fragment.size;
  return `...${fragment.name}${conditions(state)}`;
}

function conditionOf(parent: GraphQLCompositeType, { source: { schema }, random }: State): GraphQLCompositeType {
  if (random.chance(0.15) || parent.name.startsWith('__')) return parent;
  const overlapping = Object.values(schema.getTypeMap()).filter(
    (type): type is GraphQLCompositeType =>
      isCompositeType(type) && !type.name.startsWith('__') && overlaps(schema, parent, type),
  );
  // An interface may have no objects at all.
  return overlapping.length === 0 ? parent : random.pick(overlapping);
}

function overlaps(schema: GraphQLSchema, one: GraphQLCompositeType, other: GraphQLCompositeType): boolean {
  const types = possibleTypes(schema, one);
  return possibleTypes(schema, other).some((type) => types.includes(type));
}

function possibleTypes(schema: GraphQLSchema, type: GraphQLCompositeType): readonly GraphQLCompositeType[] {
  return isInterfaceType(type) || isUnionType(type) ? schema.getPossibleTypes(type) : [type];
}
