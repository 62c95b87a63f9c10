import type { Completion } from './complete-object.ts';
import type { CompleteFields, FieldShape, ValueShape } from './projection-shape.ts';

/** Completes one value of any shape. */
type CompleteValue = (value: unknown, shape: ValueShape, completion: Completion, depth: number) => unknown;

/**
 * Makes code that completes objects of these fields: the same as the loop in `completeObject`, unrolled, so that the engine knows
 * every key that is read and the form of the object that is made (measured: three to four times as fast). Values that fit their
 * type are copied; everything else is left to `completeValue`. Undefined for keys that need the care of the loop. Of a client's
 * text, nothing but GraphQL names gets into the code.
 */
export function generateCompletion(
  fields: readonly FieldShape[],
  completeValue: CompleteValue,
): CompleteFields | undefined {
  if (
    fields.some(({ key, source, isInherited }) => isInherited || !GRAPHQL_NAME.test(key) || !GRAPHQL_NAME.test(source))
  )
    return undefined;
  const body = `
${fields.map((_, index) => `const shape${index} = fields[${index}].value;`).join('\n')}
return (source, completion, depth) => {
const target = { ${fields.map(initialProperty).join(', ')} };
let value;
${fields.map(statementOf).join('\n')}
return target;
};`;
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the text is made of the names above and of nothing else
  const make = new Function('fields', 'completeValue', body) as (
    fields: readonly FieldShape[],
    completeValue: CompleteValue,
  ) => CompleteFields;
  return make(fields, completeValue);
}

/** GraphQL specification, section 2.1.9. */
const GRAPHQL_NAME = /^[_A-Za-z][_0-9A-Za-z]*$/;

/** All keys from the start: the object never changes its form. */
function initialProperty({ key, value }: FieldShape): string {
  return `${key}: ${value.kind === 'typename' ? JSON.stringify(value.name) : 'null'}`;
}

function statementOf({ key, source, value: { kind } }: FieldShape, index: number): string {
  if (kind === 'typename') return '';
  const otherwise = `
  completion.path[depth] = '${key}';
  value = completeValue(value, shape${index}, completion, depth + 1);
  if (value === undefined) return undefined;
  target.${key} = value;`;
  const fits = FITS.get(kind);
  const read = `value = source.${source};`;
  return fits === undefined ? read + otherwise : `${read}\nif (${fits}) target.${key} = value; else {${otherwise}\n}`;
}

/** The values that are passed on as they are, as `completeValue` does. */
const FITS: ReadonlyMap<ValueShape['kind'], string> = new Map([
  ['string', "typeof value === 'string'"],
  ['id', "typeof value === 'string'"],
  ['int', "typeof value === 'number' && (value | 0) === value"],
  ['float', 'Number.isFinite(value)'],
  ['boolean', "typeof value === 'boolean'"],
]);
