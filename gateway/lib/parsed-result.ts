import type { OperationResult, WrittenResult } from '../context.ts';
import { jsonTextOf } from './json.ts';

/** Reads the data of a result for those who do not send it on as it is. */
export function parsedResult({ data, bytes: _bytes, ...rest }: WrittenResult): OperationResult {
  return data === undefined ? rest : { data: JSON.parse(jsonTextOf(data)) as Record<string, unknown> | null, ...rest };
}

/** Writes a result down that somebody has looked into. */
export function writtenResult({ data, errors, extensions }: OperationResult): WrittenResult {
  return {
    ...(data === undefined ? {} : { data: JSON.stringify(data) }),
    ...(errors === undefined ? {} : { errors }),
    ...(extensions === undefined ? {} : { extensions }),
  };
}
