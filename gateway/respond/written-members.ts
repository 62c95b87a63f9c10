import type { WrittenResult } from '../context.ts';
import { jsonTextOf } from '../lib/json.ts';

/**
 * Writes the members of a result as JSON, without the braces. Errors first, so that they are seen when somebody reads along (GraphQL
 * specification, section 7.1).
 */
export function membersOf({ errors, data, extensions }: WrittenResult): string {
  if (errors === undefined && extensions === undefined) return data === undefined ? '' : `"data":${jsonTextOf(data)}`;
  const members = [
    ...(errors === undefined ? [] : [`"errors":${JSON.stringify(errors)}`]),
    ...(data === undefined ? [] : [`"data":${jsonTextOf(data)}`]),
    ...(extensions === undefined ? [] : [`"extensions":${JSON.stringify(extensions)}`]),
  ];
  return members.join(',');
}
