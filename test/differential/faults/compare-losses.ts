import { Kind, parse, type FragmentDefinitionNode, type SelectionSetNode } from 'graphql';
import type { GeneratedOperation } from '../generate/generate-operation.ts';
import type { Answer, AnsweredError } from '../run/start-oracles.ts';
import { SECRET } from './fault.ts';

type Path = readonly (string | number)[];

export type Breach =
  | 'a value that is not the right one'
  | 'keys that are not the right ones'
  | 'something lost without an error'
  | 'something lost under a wrong code'
  | 'an error without a reason'
  | 'an internal detail'
  | 'an error at a place that the client has not'
  | 'an error at a place that is left out';

interface Compared {
  readonly operation: Pick<GeneratedOperation, 'query'>;
  readonly ours: Answer;
  /** What is right when nothing goes wrong. */
  readonly right: Answer;
  /** Of what went wrong; empty where nothing did. */
  readonly codes: ReadonlySet<string>;
}

/**
 * Tells what is not allowed in the answer to an operation during which subgraphs failed; undefined where all is well: each value is
 * the right one, or null with an error at, below or above it that has the code of something that went wrong.
 */
export function findBreach({ operation, ours, right, codes }: Compared): Breach | undefined {
  const errors = ours.errors ?? [];
  if (
    INTERNAL.test(
      JSON.stringify(errors.map(({ extensions: { requestId: _, ...rest } = {}, ...error }) => [error, rest])),
    )
  )
    return 'an internal detail';
  const places = placesOf(operation.query);
  const data = ours.data ?? null;
  for (const { path = [] } of errors) {
    if (!places.has(keysOf(path))) return 'an error at a place that the client has not';
    if (valueAt(data, untilNull(data, path)) === undefined) return 'an error at a place that is left out';
  }
  const allowed = new Set([...codes, ...(right.errors === undefined ? [] : codesOf(right.errors))]);
  // Below a null of the monolith's, what it did not tell of, or did not come to, may have failed too.
  const isBelowNull = (path: Path): boolean => right.data == null || untilNull(right.data, path).length < path.length;
  if (!errors.every(({ extensions, path = [] }) => allowed.has(codeOf(extensions) ?? '') || isBelowNull(path)))
    return 'an error without a reason';
  for (const { path = [] } of right.errors ?? [])
    if (!errors.some((error) => isRelated(error, untilNull(data, path)))) return 'something lost without an error';
  return breachIn(data, right.data ?? null, { errors, codes, path: [] });
}

const INTERNAL = new RegExp(
  `${SECRET}|127\\.0\\.0\\.1|_entities|representations|<html|ECONN|stacktrace|exception|_required`,
);

interface At {
  readonly errors: readonly AnsweredError[];
  readonly codes: ReadonlySet<string>;
  readonly path: Path;
}

function breachIn(ours: unknown, right: unknown, at: At): Breach | undefined {
  if (ours === null) return right === null ? undefined : lossAt(at);
  if (!isStructure(ours) || !isStructure(right))
    return ours === right ? undefined : 'a value that is not the right one';
  const keys = Object.keys(right);
  if (Array.isArray(ours) !== Array.isArray(right) || Object.keys(ours).join() !== keys.join())
    return 'keys that are not the right ones';
  for (const key of keys) {
    const path = [...at.path, Array.isArray(right) ? Number(key) : key];
    const breach = breachIn(ours[key], right[key], { ...at, path });
    if (breach !== undefined) return breach;
  }
  return undefined;
}

function lossAt({ errors, codes, path }: At): Breach | undefined {
  const related = errors.filter((error) => isRelated(error, path));
  if (related.length === 0) return 'something lost without an error';
  const isReason = related.some(({ extensions }) => codes.has(codeOf(extensions) ?? ''));
  return isReason ? undefined : 'something lost under a wrong code';
}

function isStructure(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** At the place, below it or above it. */
function isRelated({ path = [] }: AnsweredError, place: Path): boolean {
  return place.every((key, index) => index >= path.length || path[index] === key);
}

/** What the monolith says of its own errors, in our words: those without a code, and nulls where none may be, are ours to name. */
function codesOf(errors: readonly AnsweredError[]): readonly string[] {
  const own = errors.map(({ extensions }) => codeOf(extensions) ?? 'INTERNAL_SERVER_ERROR');
  return [...own, 'SUBGRAPH_INVALID_RESPONSE'];
}

function codeOf(extensions: AnsweredError['extensions']): string | undefined {
  const code = extensions?.['code'];
  return typeof code === 'string' ? code : undefined;
}

/** The path up to the first null on it. */
function untilNull(data: unknown, path: Path): Path {
  const depth = path.findIndex((_key, index) => valueAt(data, path.slice(0, index)) === null);
  return depth === -1 ? path : path.slice(0, depth);
}

function valueAt(data: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, key) => (isStructure(value) ? (value as Record<string | number, unknown>)[key] : value),
    data,
  );
}

function keysOf(path: Path): string {
  return path.filter((key) => typeof key === 'string').join('.');
}

/** Every place of an operation's result by its response keys, `products.name`; the whole result is ``. */
function placesOf(query: string): ReadonlySet<string> {
  const { definitions } = parse(query);
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const one of definitions) if (one.kind === Kind.FRAGMENT_DEFINITION) fragments.set(one.name.value, one);
  const places = new Set(['']);

  const walk = ({ selections }: SelectionSetNode, prefix: string): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        const place = `${prefix}${(selection.alias ?? selection.name).value}`;
        places.add(place);
        if (selection.selectionSet) walk(selection.selectionSet, `${place}.`);
        continue;
      }
      const part = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
      if (part !== undefined) walk(part.selectionSet, prefix);
    }
  };
  for (const one of definitions) if (one.kind === Kind.OPERATION_DEFINITION) walk(one.selectionSet, '');
  return places;
}
