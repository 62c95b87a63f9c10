import { isGraphqlName, isReadable } from '../../lib/readable-name.ts';
import type { FieldShape, ValueShape, WriteFields } from '../projection-shape.ts';
import { roomFor } from './output.ts';
import type { WriteValue } from './write-object.ts';
import { writeAscii, writeInteger, writeString } from './write-scalar.ts';

/** What generated code calls. */
const CALLED = { roomFor, writeAscii, writeInteger, writeString };

/**
 * Makes code that writes objects of these fields: the same as the loop in `writeObject`, unrolled, so that the engine knows every
 * key that is read, and every byte that is written for it. What does not fit its type is left to `writeValue`. Undefined for keys that
 * need the care of the loop. Of a client's text, nothing but GraphQL names gets into the code.
 */
export function generateWriter(fields: readonly FieldShape[], writeValue: WriteValue): WriteFields | undefined {
  if (fields.some(({ key, source }) => !isReadable(source) || !isGraphqlName(key))) return undefined;
  const body = `
${fields.map((_, index) => `const shape${index} = fields[${index}].value;`).join('\n')}
const { ${Object.keys(CALLED).join(', ')} } = called;
return (source, writing, at) => {
const { path } = writing;
let { bytes } = writing;
let value;
${passing('{')}
${fields.map(statementsOf).join('\n')}
${passing('}')}
return at;
};`;
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the text is made of the names above and of nothing else
  const make = new Function('fields', 'writeValue', 'called', body) as (
    fields: readonly FieldShape[],
    writeValue: WriteValue,
    called: typeof CALLED,
  ) => WriteFields;
  return make(fields, writeValue, CALLED);
}

function statementsOf({ key, opening, source, value: shape }: FieldShape, index: number): string {
  if (shape.kind === 'typename') return passing(opening + shape.text);
  const otherwise = `
  path.push('${key}');
  at = writeValue(value, shape${index}, writing, at);
  path.pop();
  if (at === -1) return -1;
`;
  const fitting = FITTING.get(shape.kind);
  const written =
    fitting === undefined ? otherwise : `if (${fitting.test}) at = ${fitting.write};\nelse {${otherwise}}`;
  return `${passing(opening)}\nvalue = source.${source};\n${written}\nbytes = writing.bytes;`;
}

/** Writes a text, which is ASCII. */
function passing(text: string): string {
  const stores = [...text].map((one, index) => `bytes[at + ${index}] = ${one.charCodeAt(0)};`);
  return `if (at + ${text.length} > bytes.length) bytes = roomFor(writing, at, ${text.length});
${stores.join('\n')}
at += ${text.length};`;
}

/** A kind of scalar that is written as `writeValue` does: which values fit, and how they are written, in code. */
interface Fitting {
  readonly test: string;
  readonly write: string;
}

const STRING: Fitting = { test: `typeof value === 'string'`, write: 'writeString(writing, at, value)' };

const FITTING: ReadonlyMap<ValueShape['kind'], Fitting> = new Map([
  ['string', STRING],
  ['id', STRING],
  ['int', { test: `typeof value === 'number' && (value | 0) === value`, write: 'writeInteger(writing, at, value)' }],
  ['float', { test: 'Number.isFinite(value)', write: 'writeAscii(writing, at, String(value))' }],
  ['boolean', { test: `typeof value === 'boolean'`, write: `writeAscii(writing, at, value ? 'true' : 'false')` }],
]);
