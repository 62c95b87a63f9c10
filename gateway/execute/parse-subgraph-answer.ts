import type { GraphQLFormattedError } from 'graphql';
import type { JsonReader } from './read/create-json-reader.ts';

/** A well-formed GraphQL response (GraphQL specification, section 7.1). */
export interface SubgraphAnswer {
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly errors: readonly GraphQLFormattedError[];
  /** Whether every string in it can be written into JSON as it is. */
  readonly isPlain: boolean;
}

/** Reads a subgraph's answer; undefined when it is not a GraphQL response: HTML, nothing, JSON of another shape. */
export function parseSubgraphAnswer(bytes: Buffer, jsonReader: JsonReader): SubgraphAnswer | undefined {
  try {
    const { value, isPlain } = jsonReader.read(bytes);
    return subgraphAnswerOf(value, isPlain);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The same for what has been read from JSON. */
export function subgraphAnswerOf(value: unknown, isPlain = false): SubgraphAnswer | undefined {
  if (!isObject(value)) return undefined;
  const { data, errors } = value;
  const isDataValid = data === undefined || data === null || isObject(data);
  const areErrorsValid = errors == null || (Array.isArray(errors) && errors.every(isError));
  if (!isDataValid || !areErrorsValid) return undefined;
  const found: readonly GraphQLFormattedError[] = errors ?? [];
  if (data == null && found.length === 0) return undefined;
  return { data: data ?? null, errors: found, isPlain };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What others write may lack anything; only what the gateway would use has to have its form. */
function isError(value: unknown): value is GraphQLFormattedError {
  if (!isObject(value) || typeof value['message'] !== 'string') return false;
  const { path, extensions } = value;
  const isPathValid =
    path == null || (Array.isArray(path) && path.every((key) => typeof key === 'string' || typeof key === 'number'));
  return isPathValid && (extensions == null || isObject(extensions));
}
