import { mediaRanges } from './media-ranges.ts';

/** The media types of a GraphQL response (GraphQL over HTTP, section 4.2). */
export type MediaType = 'application/graphql-response+json' | 'application/json';

/**
 * Chooses the media type of the answer by the `accept` field; undefined when the client takes neither. Without a preference
 * `application/json`, which every client knows, is chosen.
 */
export function negotiate(accept: string | undefined): MediaType | undefined {
  if (accept === undefined || accept.trim() === '') return 'application/json';
  const only = TYPES.get(accept);
  if (only !== undefined) return only;
  let best: { readonly type: MediaType; readonly quality: number } | undefined;
  for (const { name, quality } of mediaRanges(accept)) {
    const type = TYPES.get(name);
    if (type !== undefined && quality > (best?.quality ?? 0)) best = { type, quality };
  }
  return best?.type;
}

const TYPES: ReadonlyMap<string, MediaType> = new Map<string, MediaType>([
  ['application/graphql-response+json', 'application/graphql-response+json'],
  ['application/json', 'application/json'],
  ['application/*', 'application/json'],
  ['*/*', 'application/json'],
]);
