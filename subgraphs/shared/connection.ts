import { clientError } from './client-error.ts';

/** A page of a list in the shape of the GraphQL Cursor Connections specification. */
export interface Connection<Node> {
  readonly totalCount: number;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly edges: readonly { readonly cursor: string; readonly node: Node }[];
}

/** What a client asks for; `after` is a cursor of ours, opaque to it. */
export interface PageArguments {
  readonly first: number;
  readonly after?: string | null | undefined;
}

/** A page as a store reads it: `limit` rows that follow the row with these sort keys. */
export interface PageRequest {
  readonly limit: number;
  readonly after: readonly string[] | undefined;
}

const MAX_PAGE = 100;

/** Reads page arguments: `first` from 0 to 100, `after` a cursor with `keyCount` sort keys. Throws `BAD_USER_INPUT`. */
export function pageRequest({ first, after }: PageArguments, keyCount: number): PageRequest {
  if (first < 0 || first > MAX_PAGE) throw clientError('BAD_USER_INPUT', `"first" must be from 0 to ${MAX_PAGE}.`);
  return { limit: first, after: after == null ? undefined : keysOf(after, keyCount) };
}

/**
 * Builds the page. `rows` holds up to one row more than the limit: its presence tells that a next page exists. `keysOfRow` gives
 * the sort keys that name a row's place.
 */
export function connection<Row>(
  rows: readonly Row[],
  { limit }: PageRequest,
  totalCount: number,
  keysOfRow: (row: Row) => readonly string[],
): Connection<Row> {
  const edges = rows.slice(0, limit).map((node) => ({ cursor: cursorOf(keysOfRow(node)), node }));
  return {
    totalCount,
    pageInfo: { hasNextPage: rows.length > limit, endCursor: edges.at(-1)?.cursor ?? null },
    edges,
  };
}

function cursorOf(keys: readonly string[]): string {
  return Buffer.from(JSON.stringify(keys)).toString('base64url');
}

function keysOf(cursor: string, keyCount: number): readonly string[] {
  const keys = parse(cursor);
  if (!Array.isArray(keys) || keys.length !== keyCount || !keys.every((key) => typeof key === 'string')) {
    throw clientError('BAD_USER_INPUT', '"after" must be a cursor that an earlier page of this list gave.');
  }
  return keys;
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown;
  } catch {
    return undefined;
  }
}
