import type { GraphQLError } from 'graphql';
import type { WrittenResult } from '../context.ts';
import type { Increment } from '../deferral.ts';
import { jsonTextOf } from '../lib/json.ts';
import { mediaRanges } from './media-ranges.ts';
import { createMultipart } from './multipart.ts';
import { membersOf } from './written-members.ts';

/** How an answer in pieces is written into the body of one HTTP response. */
export interface IncrementalFormat {
  readonly contentType: string;
  readonly start: string;
  readonly first: (result: WrittenResult) => string;
  readonly next: (increments: readonly Increment[], hasNext: boolean) => string;
  /** What there is to say when the rest cannot follow. */
  readonly failed: (errors: readonly GraphQLError[]) => string;
  readonly end: string;
}

const BOUNDARY = 'graphql';
const { start, part, partOf, end } = createMultipart(BOUNDARY);

/** Incremental delivery as the proposal had it in August 2022, and as Apollo's clients read it. */
export const INCREMENTAL: IncrementalFormat = {
  contentType: `multipart/mixed;boundary=${BOUNDARY};deferSpec=20220824`,
  start,
  first: (result) => partOf(`{${membersOf(result)},"hasNext":true}`),
  next: (increments, hasNext) =>
    partOf(`{"incremental":[${increments.map(jsonOf).join(',')}],"hasNext":${hasNext ? 'true' : 'false'}}`),
  failed: (errors) => part({ errors, hasNext: false }),
  end,
};

/** Whether a client takes answers in that format, by its `accept` field. `multipart/mixed` by itself does not say what parts are. */
export function acceptsIncremental(accept: string | undefined): boolean {
  if (accept === undefined || !/deferspec/i.test(accept)) return false;
  return mediaRanges(accept).some(
    ({ name, parameters, quality }) =>
      name === 'multipart/mixed' && quality > 0 && parameters.some((one) => /^deferspec="?20220824"?$/.test(one)),
  );
}

function jsonOf({ label, path, data, errors }: Increment): string {
  const members = [
    ...(label === undefined ? [] : [`"label":${JSON.stringify(label)}`]),
    `"path":${JSON.stringify(path)}`,
    `"data":${jsonTextOf(data)}`,
    ...(errors === undefined ? [] : [`"errors":${JSON.stringify(errors)}`]),
  ];
  return `{${members.join(',')}}`;
}
