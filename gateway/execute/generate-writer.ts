import { jsonString } from './json-text.ts';
import type { FieldShape, ValueShape, WriteFields } from './projection-shape.ts';
import type { Writing } from './write-object.ts';

/** Writes one value of any shape. */
type WriteValue = (value: unknown, shape: ValueShape, writing: Writing, depth: number) => string | undefined;

/**
 * Makes code that writes objects of these fields: the same as the loop in `writeObject`, unrolled, so that the engine knows every
 * key that is read. Where all scalars fit their types and need no escapes, one expression writes the object; else it is written field by
 * field, and what does not fit is left to `writeValue`. Undefined for keys that need the care of the loop. Of a client's text, nothing
 * but GraphQL names gets into the code.
 */
export function generateWriter(fields: readonly FieldShape[], writeValue: WriteValue): WriteFields | undefined {
  if (fields.some(({ key, source }) => !isReadable(source) || !GRAPHQL_NAME.test(key))) return undefined;
  const body = `
${fields.map((_, index) => `const shape${index} = fields[${index}].value;`).join('\n')}
return (source, writing, depth) => {
const { isPlain } = writing;
${atOnce(fields)}
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

/** Few texts are made on the way to one that is made at once. */
function atOnce(fields: readonly FieldShape[]): string {
  const scalars = fields.flatMap(({ source, value: { kind } }, index) => {
    const fits = FITS.get(kind);
    return fits === undefined
      ? []
      : [{ read: `const value${index} = source.${source};`, test: fits.test(`value${index}`) }];
  });
  const others = fields.flatMap(({ key, source, value: { kind } }, index) =>
    kind === 'typename' || FITS.has(kind)
      ? []
      : [
          `writing.path[depth] = '${key}';
const value${index} = writeValue(source.${source}, shape${index}, writing, depth + 1);
if (value${index} === undefined) return undefined;`,
        ],
  );
  return `${scalars.map(({ read }) => read).join('\n')}
if (${['isPlain', ...scalars.map(({ test }) => test)].join(' && ')}) {
${others.join('\n')}
return '{${fields.map(inExpression).join('')}}';
}`;
}

/** A field between the quotes of the expression. */
function inExpression({ opening, value: shape }: FieldShape, index: number): string {
  if (shape.kind === 'typename') return opening + shape.text;
  const value = `' + value${index} + '`;
  return FITS.get(shape.kind)?.isQuoted === true ? `${opening}"${value}"` : `${opening}${value}`;
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
  const written = fits.isQuoted ? 'jsonString(value, isPlain)' : 'value';
  return `${read}\nif (${fits.test('value')}) ${before}' + ${written}; else {${otherwise}\n}`;
}

/** A kind of scalar that is written as it is, as `writeValue` does: which values fit, in code. */
interface Fitting {
  readonly test: (value: string) => string;
  readonly isQuoted: boolean;
}

const isString = (value: string): string => `typeof ${value} === 'string'`;

const FITS: ReadonlyMap<ValueShape['kind'], Fitting> = new Map([
  ['string', { test: isString, isQuoted: true }],
  ['id', { test: isString, isQuoted: true }],
  ['int', { test: (value: string) => `typeof ${value} === 'number' && (${value} | 0) === ${value}`, isQuoted: false }],
  ['float', { test: (value: string) => `Number.isFinite(${value})`, isQuoted: false }],
  ['boolean', { test: (value: string) => `typeof ${value} === 'boolean'`, isQuoted: false }],
]);
