import { generateReader, type ReadJson, type ReadShaped } from './generate-reader.ts';
import { fieldCountOf, shapeWith, UNSEEN, type JsonShape } from './json-shape.ts';

/** Reads JSON. */
export interface JsonReader {
  /** Throws `SyntaxError` where there is none. */
  read(bytes: Buffer): ReadJson;
}

/** How much has to have been read before a reader is generated: for less, making code takes longer than it saves. */
const WORTH_CODE_BYTES = 32_768;
/** More would be too much code for what it saves. */
const MAX_FIELDS = 300;
/** How many answers may follow each other that the reader does not read. */
const CHANCES = 5;

/**
 * Makes what reads answers that resemble each other, as those to one request do. Once there have been enough of them, a reader is generated
 * for their shape; what that one does not read is read by `JSON.parse`. Of answers, nothing is remembered but which keys of `document`,
 * which they answer, stand where, and a few names of types.
 */
export function createJsonReader(document: string): JsonReader {
  return new LearningReader(document);
}

class LearningReader implements JsonReader {
  #bytesRead = 0;
  #shape: JsonShape = UNSEEN;
  #readShaped: ReadShaped | undefined;
  #chances = CHANCES;
  readonly #document: string;

  constructor(document: string) {
    this.#document = document;
  }

  read(bytes: Buffer): ReadJson {
    const read = this.#readShaped?.(bytes);
    if (read !== undefined) {
      this.#chances = CHANCES;
      return read;
    }
    const text = withoutMark(bytes.toString());
    const value: unknown = JSON.parse(text);
    if (this.#chances > 0) this.#learn(value, bytes.length);
    // What would have to be escaped when it is written had to be when it was sent (RFC 8259, section 7).
    return { value, isPlain: !text.includes('\\') };
  }

  #learn(value: unknown, length: number): void {
    const isWorthIt = this.#bytesRead >= WORTH_CODE_BYTES;
    this.#bytesRead += length;
    // A subgraph that fails for a while answers as it did before when it is there again.
    if (!isWorthIt || hasErrors(value)) return;
    this.#chances -= 1;
    const shape = shapeWith(this.#shape, value, keysOf(this.#document));
    if (shape !== undefined && shape !== this.#shape && fieldCountOf(shape) <= MAX_FIELDS) {
      this.#shape = shape;
      this.#readShaped = generateReader(shape);
    }
    if (this.#chances === 0) this.#readShaped = undefined;
  }
}

function hasErrors(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'errors' in value;
}

/** GraphQL specification, section 2.1.9. */
const GRAPHQL_NAMES = /[_A-Za-z][_0-9A-Za-z]*/g;

/** What may be a key of an answer: every name in the document. `__proto__` in code is no key. */
function keysOf(document: string): ReadonlySet<string> {
  const keys = new Set(['data', ...(document.match(GRAPHQL_NAMES) ?? [])]);
  keys.delete('__proto__');
  return keys;
}

/** Without the byte order mark that some servers begin with (RFC 8259, section 8.1). */
function withoutMark(text: string): string {
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}
