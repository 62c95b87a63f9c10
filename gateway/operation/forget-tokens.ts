import { Kind, Location, type DocumentNode } from 'graphql';

/** What the errors of a valid operation point at. */
const POINTED_AT: ReadonlySet<string> = new Set([Kind.FIELD, Kind.VARIABLE_DEFINITION]);

/**
 * Lets a valid document forget the tokens that it was made of, and all places but those that errors may still point at: they take more
 * memory than the rest of it. Changes the document.
 */
export function forgetTokens(document: DocumentNode): void {
  forgetWithin(document);
}

function forgetWithin(part: { loc?: unknown; kind?: string }): void {
  if (part.loc instanceof Location && POINTED_AT.has(part.kind ?? ''))
    Object.assign(part.loc, { startToken: undefined, endToken: undefined });
  else if (part.loc !== undefined) part.loc = undefined;
  for (const [key, value] of Object.entries<unknown>(part))
    if (key !== 'loc' && typeof value === 'object' && value !== null) forgetWithin(value);
}
