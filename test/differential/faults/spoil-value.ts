import {
  getNullableType,
  isCompositeType,
  isEnumType,
  isListType,
  isNonNullType,
  isSpecifiedScalarType,
  Kind,
  parse,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type GraphQLOutputType,
  type GraphQLSchema,
} from 'graphql';
import type { Random } from '../generate/create-random.ts';
import type { SubgraphRequest } from '../made-up/serve-subgraph.ts';
import { SECRET, type Spoilt } from './fault.ts';

/** A right answer, and what it answers. */
export interface Answered {
  readonly schema: GraphQLSchema;
  readonly request: SubgraphRequest;
  /** As JSON. */
  readonly text: string;
  /** The names of fields that other subgraphs may be sent. */
  readonly needed: ReadonlySet<string>;
}

/** A value of an answer, where it stands and what it has to be. */
interface Spot {
  readonly path: readonly (string | number)[];
  readonly type: GraphQLOutputType;
  readonly put: (value: unknown) => void;
}

/** Puts a value into an answer that its type does not allow. */
export function giveWrongValue(answered: Answered, random: Random): Spoilt | undefined {
  const { data, spots } = read(answered);
  const candidates = spots.filter(({ type }) => wrongValues(type).length > 0);
  if (candidates.length === 0) return undefined;
  const { type, put } = random.pick(candidates);
  put(random.pick(wrongValues(type)));
  return { reply: json({ data }), code: 'SUBGRAPH_INVALID_RESPONSE' };
}

/** Gives null and an error for a field that may be null. */
export function failOneField(answered: Answered, random: Random): Spoilt | undefined {
  const { data, spots } = read({ ...answered, needed: new Set() });
  const candidates = spots.filter(({ type, path }) => !isNonNullType(type) && typeof path.at(-1) === 'string');
  if (candidates.length === 0) return undefined;
  const { path, put } = random.pick(candidates);
  put(null);
  const extensions = { code: 'NOT_FOUND', exception: SECRET };
  return { reply: json({ data, errors: [{ message: 'Not there.', path, extensions }] }), code: 'NOT_FOUND' };
}

function json(answer: unknown) {
  return { status: 200, contentType: 'application/json', body: JSON.stringify(answer) };
}

/** Of scalars that a schema has made up itself, nothing is known: any value may be right. */
function wrongValues(of: GraphQLOutputType): readonly unknown[] {
  const type = getNullableType(of);
  if (isListType(type)) return [{}, SECRET, 7];
  if (isCompositeType(type)) return [SECRET, 7, [], true];
  if (isEnumType(type)) return [SECRET, 7, {}];
  if (!isSpecifiedScalarType(type)) return [];
  if (type.name === 'Int') return [SECRET, 1.5, 2 ** 40, {}];
  if (type.name === 'Float' || type.name === 'Boolean') return [SECRET, {}, []];
  return [{ of: SECRET }, [SECRET]];
}

/** Reads an answer without errors; of any other there are no spots. */
function read({ schema, request, text, needed }: Answered): { data: unknown; spots: readonly Spot[] } {
  const { data, errors } = JSON.parse(text) as { data: unknown; errors?: unknown };
  const spots: Spot[] = [];
  if (errors !== undefined) return { data, spots };
  const types = typesByKeys(schema, request.query, needed);

  const walk = (value: unknown, keys: string, { path, type, put }: Spot): void => {
    if (value === null) return;
    if (path.length > 0) spots.push({ path, type, put });
    const nullable = getNullableType(type);
    if (Array.isArray(value) && isListType(nullable)) {
      const items: unknown[] = value;
      items.forEach((item, index) =>
        walk(item, keys, { path: [...path, index], type: nullable.ofType, put: (wrong) => (items[index] = wrong) }),
      );
    } else if (typeof value === 'object') walkObject(value as Record<string, unknown>, keys, path);
  };
  const walkObject = (object: Record<string, unknown>, keys: string, path: Spot['path']): void => {
    for (const [key, value] of Object.entries(object)) {
      const type = types.get(`${keys}.${key}`);
      if (type !== undefined)
        walk(value, `${keys}.${key}`, { path: [...path, key], type, put: (wrong) => (object[key] = wrong) });
    }
  };
  if (typeof data === 'object' && data !== null) walkObject(data as Record<string, unknown>, '', []);
  return { data, spots };
}

/** The types of the fields of an operation by the response keys that lead to them, `.products.name`; without `__typename`. */
function typesByKeys(
  schema: GraphQLSchema,
  query: string,
  needed: ReadonlySet<string>,
): ReadonlyMap<string, GraphQLOutputType> {
  const types = new Map<string, GraphQLOutputType>();
  const typeInfo = new TypeInfo(schema);
  const keys: string[] = [''];
  visit(
    parse(query),
    visitWithTypeInfo(typeInfo, {
      [Kind.FIELD]: {
        enter: ({ alias, name }) => {
          keys.push(`${keys.at(-1) ?? ''}.${(alias ?? name).value}`);
          const type = typeInfo.getType();
          if (type != null && !name.value.startsWith('__') && !needed.has(name.value))
            types.set(keys.at(-1) ?? '', type);
        },
        leave: () => void keys.pop(),
      },
    }),
  );
  return types;
}
