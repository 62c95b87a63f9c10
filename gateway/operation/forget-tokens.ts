import { Kind, Location, type DocumentNode } from 'graphql';

/** What the errors of a valid operation point at. */
const POINTED_AT: ReadonlySet<string> = new Set([Kind.FIELD, Kind.VARIABLE_DEFINITION]);

/** In the place of every empty list. */
const NONE: readonly never[] = Object.freeze([]);

type Part = Record<string, unknown>;

/**
 * Lets a valid document forget the tokens that it was made of, and all places but those that errors may still point at: they take more
 * memory than the rest of it. What is the same in many places, as names are, is one object from then on. Changes the document.
 */
export function forgetTokens(document: DocumentNode): void {
  const names = new Map<unknown, Part>();

  function forgetWithin(part: Part): void {
    const { loc } = part;
    if (loc instanceof Location && POINTED_AT.has(part['kind'] as string))
      Object.assign(loc, { startToken: undefined, endToken: undefined });
    else if (loc !== undefined) part['loc'] = undefined;
    for (const key in part) {
      const value = part[key];
      if (key === 'loc' || typeof value !== 'object' || value === null) continue;
      if (Array.isArray(value)) part[key] = withoutTokens(value as Part[]);
      else part[key] = withoutToken(value as Part);
    }
  }

  function withoutTokens(parts: Part[]): readonly Part[] {
    parts.forEach(forgetWithin);
    return parts.length === 0 ? NONE : parts;
  }

  function withoutToken(part: Part): Part {
    if (part['kind'] !== Kind.NAME) {
      forgetWithin(part);
      return part;
    }
    const known = names.get(part['value']);
    if (known !== undefined) return known;
    forgetWithin(part);
    names.set(part['value'], part);
    return part;
  }

  forgetWithin(document as unknown as Part);
}
