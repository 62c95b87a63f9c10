const QUOTE = 0x22;
const NAME = /^[_A-Za-z][_0-9A-Za-z]{0,63}$/;
/** Of how many types objects at one place may be, for their names to be known. */
const MAX_NAMES = 8;

/** The one of the names that stands at a place of JSON, as a string; undefined where there is another, or none. */
export function nameAt(names: readonly string[], bytes: Buffer, at: number): string | undefined {
  for (const name of names) {
    let length = 0;
    while (length < name.length && bytes[at + 1 + length] === name.charCodeAt(length)) length += 1;
    if (length === name.length && bytes[at] === QUOTE && bytes[at + 1 + length] === QUOTE) return name;
  }
  return undefined;
}

/** Adds what was read where a type's name should stand, if it is one and there are not too many (GraphQL specification, section 2.1.9). */
export function learnName(names: string[], name: string): void {
  // As a key, for which V8 keeps one text for all that are equal; what was read may be a part of a long text, and keep it.
  if (names.length < MAX_NAMES && NAME.test(name)) names.push(...Object.keys({ [name]: 0 }));
}
