/** The media types of a GraphQL response (GraphQL over HTTP, section 4.2). */
export type MediaType = 'application/graphql-response+json' | 'application/json';

/**
 * Chooses the media type of the answer by the `accept` field; undefined when the client takes neither. Without a preference
 * `application/json`, which every client knows, is chosen.
 */
export function negotiate(accept: string | undefined): MediaType | undefined {
  if (accept === undefined || accept.trim() === '') return 'application/json';
  let best: { readonly type: MediaType; readonly quality: number } | undefined;
  for (const range of accept.split(',')) {
    const [name = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    const type = TYPES.get(name);
    const quality = qualityOf(parameters);
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

/** RFC 9110, section 12.4.2. */
function qualityOf(parameters: readonly string[]): number {
  const weight = parameters.find((parameter) => parameter.startsWith('q='));
  const quality = weight === undefined ? 1 : Number(weight.slice(2));
  return Number.isNaN(quality) ? 0 : quality;
}
