import { jsonString } from './json-text.ts';
import type { FieldShape, ValueShape, WriteFields } from './projection-shape.ts';
import type { Writing } from './write-object.ts';

/** Writes one value of any shape. */
type WriteValue = (value: unknown, shape: ValueShape, writing: Writing, depth: number) => string | undefined;

/**
 * Makes code that writes objects of these fields: the same as the loop in `writeObject`, unrolled, so that the engine knows every
 * key that is read. Values that fit their type are written; everything else is left to `writeValue`. Undefined for keys that need the care of the loop. Of a client's text, nothing but GraphQL names gets into the code.
 */
export function generateWriter(fields: readonly FieldShape[], writeValue: WriteValue): WriteFields | undefined {
  if (fields.some(({ key, source }) => !isReadable(source) || !GRAPHQL_NAME.test(key))) return undefined;
  const body = `
${fields.map((_, index) => `const shape${index} = fields[${index}].value;`).join('\n')}
return (source, writing, depth) => {
const { isPlain } = writing;
let text = '{';
let value;
${fields.map(statementOf).join('\n')}
return text + '}';
};`;
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the text is made of the names above and of nothing else
  const make = new Function('fields', 'writeValue', 'jsonString', body) as (
    fields: readonly FieldShape[],
    writeValue: WriteValue,
    writeString: typeof jsonString,
  ) => WriteFields;
  return make(fields, writeValue, jsonString);
}

/** GraphQL specification, section 2.1.9. */
const GRAPHQL_NAME = /^[_A-Za-z][_0-9A-Za-z]*$/;

/** Every object inherits something by some names (`constructor`, `__proto__`): what is not the object's own is no value. */
function isReadable(source: string): boolean {
  return GRAPHQL_NAME.test(source) && !(source in Object.prototype);
}

function statementOf({ key, opening, source, value: shape }: FieldShape, index: number): string {
  const before = `text += '${opening}`;
  if (shape.kind === 'typename') return `${before}${shape.text}';`;
  const otherwise = `
  writing.path[depth] = '${key}';
  value = writeValue(value, shape${index}, writing, depth + 1);
  if (value === undefined) return undefined;
  ${before}' + value;`;
  const fits = FITS.get(shape.kind);
  const read = `value = source.${source};`;
  if (fits === undefined) return read + otherwise;
  return `${read}\nif (${fits.test}) ${before}' + ${fits.text}; else {${otherwise}\n}`;
}

/** The values that are written as they are, as `writeValue` does. */
const FITS: ReadonlyMap<ValueShape['kind'], { readonly test: string; readonly text: string }> = new Map([
  ['string', { test: "typeof value === 'string'", text: 'jsonString(value, isPlain)' }],
  ['id', { test: "typeof value === 'string'", text: 'jsonString(value, isPlain)' }],
  ['int', { test: "typeof value === 'number' && (value | 0) === value", text: 'value' }],
  ['float', { test: 'Number.isFinite(value)', text: 'value' }],
  ['boolean', { test: "typeof value === 'boolean'", text: 'value' }],
]);
