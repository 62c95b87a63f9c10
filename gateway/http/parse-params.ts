import type { OperationParams } from '../context.ts';
import { GatewayError } from '../errors/gateway-error.ts';

/** Reads the parameters of a GraphQL request from a JSON body (GraphQL over HTTP, section 5). Throws `BAD_USER_INPUT`, status 400. */
export function paramsFromBody(body: string): OperationParams {
  const value = jsonOf(body, 'The body is not JSON.');
  if (Array.isArray(value)) throw bad('Batches are not supported: send one operation a request.');
  if (!isMap(value)) throw bad('The body is not a JSON object.');
  return paramsFrom(value);
}

/** Reads the parameters from a URL's query, where `variables` and `extensions` are JSON. Throws `BAD_USER_INPUT`, status 400. */
export function paramsFromSearch(search: URLSearchParams): OperationParams {
  const json = (name: string): unknown => {
    const text = search.get(name);
    return text === null || text === '' ? undefined : jsonOf(text, `The parameter "${name}" is not JSON.`);
  };
  return paramsFrom({
    query: search.get('query'),
    operationName: search.get('operationName'),
    documentId: search.get('documentId'),
    variables: json('variables'),
    extensions: json('extensions'),
  });
}

function paramsFrom(value: Readonly<Record<string, unknown>>): OperationParams {
  return {
    query: stringIn(value, 'query'),
    operationName: stringIn(value, 'operationName'),
    documentId: stringIn(value, 'documentId'),
    variables: mapIn(value, 'variables'),
    extensions: mapIn(value, 'extensions'),
  };
}

function stringIn(value: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const found = value[name] ?? undefined;
  if (found === undefined || typeof found === 'string') return found;
  throw bad(`The parameter "${name}" is not a string.`);
}

function mapIn(value: Readonly<Record<string, unknown>>, name: string): Readonly<Record<string, unknown>> | undefined {
  const found = value[name] ?? undefined;
  if (found === undefined || isMap(found)) return found;
  throw bad(`The parameter "${name}" is not a map.`);
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function jsonOf(text: string, message: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw bad(message);
  }
}

function bad(message: string): GatewayError {
  return new GatewayError('BAD_USER_INPUT', message, { httpStatus: 400 });
}
