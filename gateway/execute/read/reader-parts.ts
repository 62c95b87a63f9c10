import type { JsonField, JsonShape } from './json-shape.ts';

/**
 * Writes the functions of a reader of values of a shape: one for the whole, which `root` names, and one for the items of each list. They
 * leave what they have read in `found`.
 */
export function readerParts(shape: JsonShape): { readonly root: string; readonly parts: readonly string[] } {
  const parts: string[] = [];
  let variables = 0;

  function addPart(shape: JsonShape): string {
    const index = parts.push('') - 1;
    parts[index] = `function part${index}(bytes, at, reading) {
const { view, size } = reading;
let value;
${valueInto('value', shape)}
found = value;
return at;
}`;
    return `part${index}`;
  }

  function valueInto(variable: string, shape: JsonShape, key?: string): string {
    const nothing = `${passing('null')}\n${variable} = null;`;
    const something =
      shape.kind === 'string' && key === '__typename' ? nameInto(variable, addNames()) : somethingInto(variable, shape);
    return `if (bytes[at] !== ${byteOf('n')}) {\n${something}\n} else {\n${nothing}\n}`;
  }

  function addNames(): string {
    const names = `names${(variables += 1)}`;
    parts.push(`const ${names} = [];`);
    return names;
  }

  function somethingInto(variable: string, shape: JsonShape): string {
    switch (shape.kind) {
      case 'null':
        return 'return -1;';
      case 'string':
        return stringInto(variable);
      case 'number':
        return numberInto(variable);
      case 'boolean':
        return `${variable} = bytes[at] === ${byteOf('t')};\nif (${variable}) { ${passing('true')} } else { ${passing('false')} }`;
      case 'list':
        return listInto(variable, addPart(shape.item));
      case 'object':
        return objectInto(variable, shape.fields);
    }
  }

  function objectInto(variable: string, fields: readonly JsonField[]): string {
    const read = fields.map(({ key, value }, index) => {
      const name = `value${(variables += 1)}`;
      const opening = `${index === 0 ? '{' : ','}"${key}":`;
      return { key, name, code: `${passing(opening)}\nlet ${name};\n${valueInto(name, value, key)}` };
    });
    const names = read.map(({ name }) => name).join(', ');
    const made = `${variable} = new ${addConstructor(read)}(${names});`;
    return [...read.map(({ code }) => code), passing(fields.length === 0 ? '{}' : '}'), made].join('\n');
  }

  function addConstructor(fields: readonly ReadField[]): string {
    const name = `Row${(variables += 1)}`;
    parts.push(constructorNamed(name, fields));
    return name;
  }

  return { root: addPart(shape), parts };
}

interface ReadField {
  readonly key: string;
  /** Of the variable that has its value. */
  readonly name: string;
}

/**
 * Objects are made by constructors, and are plain all the same. V8 may put what a literal makes into the old generation from the start
 * if it once lived long, and there every row would carry its text along.
 */
function constructorNamed(name: string, fields: readonly ReadField[]): string {
  return `function ${name}(${fields.map((one) => one.name).join(', ')}) {
${fields.map((one) => `this.${one.key} = ${one.name};`).join('\n')}
}
${name}.prototype = Object.prototype;`;
}

/** The name of a type: one of those that have been met before is not made anew. */
function nameInto(variable: string, names: string): string {
  return `
${variable} = nameAt(${names}, bytes, at);
if (${variable} !== undefined) at += ${variable}.length + 2;
else {
${stringInto(variable)}
  learnName(${names}, ${variable});
}`;
}

function byteOf(character: string): number {
  return character.charCodeAt(0);
}

/** How many bytes are compared at once. */
const WORD = 4;

/** Goes past a text, which has to stand there; it is ASCII. */
function passing(text: string): string {
  const { length } = text;
  const starts = Array.from({ length: Math.floor(length / WORD) }, (_, index) => WORD * index);
  // The last word may have some of the one before in it.
  if (length >= WORD && length % WORD !== 0) starts.push(length - WORD);
  const differs =
    length < WORD
      ? [...text].map((one, index) => `bytes[at + ${index}] !== ${byteOf(one)}`)
      : [
          `at + ${length} > size`,
          ...starts.map((start) => `view.getInt32(at + ${start}, true) !== ${wordOf(text.slice(start))}`),
        ];
  return `if (${differs.join(' || ')}) return -1;\nat += ${length};`;
}

/** A character in each byte of a word. */
function inEach(character: string): number {
  return wordOf(character.repeat(WORD));
}

/** The highest bit of each byte. */
const HIGHEST_BITS = 0x80808080;

function wordOf(text: string): number {
  return Buffer.from(text).readInt32LE();
}

/**
 * Most strings are ASCII without escapes: a part of the text. Four bytes at a time are passed, as long as none of them is a quote, a backslash,
 * below a space or above ASCII: such a one sets the highest bit of a byte in one of the differences.
 */
function stringInto(variable: string): string {
  return `
if (bytes[at] !== ${byteOf('"')}) return -1;
const from = ++at;
for (; at + ${WORD} <= size; at += ${WORD}) {
  const word = view.getInt32(at, true);
  const found = word | (word - ${inEach(' ')}) | ((word ^ ${inEach('"')}) - ${inEach('\u0001')}) | ((word ^ ${inEach('\\')}) - ${inEach('\u0001')});
  if ((found & ${HIGHEST_BITS}) !== 0) break;
}
let byte = bytes[at];
let all = 0;
while (byte >= 32 && byte !== ${byteOf('"')} && byte !== ${byteOf('\\')}) {
  all |= byte;
  byte = bytes[++at];
}
if (byte === ${byteOf('"')}) {
  ${variable} = stringBetween(reading, from, at, all < 128);
  at += 1;
} else {
  if (byte !== ${byteOf('\\')}) return -1;
  ${variable} = readEscaped(reading, from, at, all);
  if (${variable} === undefined) return -1;
  at = reading.at;
}`;
}

/** Decimal numbers of so few digits that a division rounds them as it has to; all others are left to `readNumber`. */
function numberInto(variable: string): string {
  const isDigit = `byte >= ${byteOf('0')} && byte <= ${byteOf('9')}`;
  return `
const sign = bytes[at] === ${byteOf('-')} ? -1 : 1;
const from = sign === 1 ? at : ++at;
let byte = bytes[at];
let number = 0;
let isOdd = byte === ${byteOf('0')} && bytes[at + 1] >= ${byteOf('0')} && bytes[at + 1] <= ${byteOf('9')};
for (; ${isDigit}; byte = bytes[++at]) number = number * 10 + byte - ${byteOf('0')};
isOdd ||= at === from || (byte | 32) === ${byteOf('e')};
if (byte === ${byteOf('.')}) {
  const point = at;
  let scale = 1;
  for (byte = bytes[++at]; ${isDigit}; byte = bytes[++at]) {
    number = number * 10 + byte - ${byteOf('0')};
    scale *= 10;
  }
  isOdd ||= at === point + 1 || (byte | 32) === ${byteOf('e')};
  number /= scale;
}
if (isOdd || at - from > 15) {
  number = readNumber(reading, from);
  if (number === undefined) return -1;
  at = reading.at;
}
${variable} = sign * number;`;
}

/** Most items are shorter; of longer ones, strings behind this are made by themselves. */
const ITEM_LENGTH = 8_192;

function listInto(variable: string, item: string): string {
  return `
if (bytes[at] !== ${byteOf('[')}) return -1;
const list = noItems.slice();
let count = 0;
at += 1;
if (bytes[at] !== ${byteOf(']')}) {
  for (;;) {
    if (reading.end - at < ${ITEM_LENGTH} && reading.end < bytes.length) goOn(reading, at);
    at = ${item}(bytes, at, reading);
    if (at === -1) return -1;
    list[count++] = found;
    if (bytes[at] !== ${byteOf(',')}) break;
    at += 1;
  }
  if (bytes[at] !== ${byteOf(']')}) return -1;
}
at += 1;
${variable} = list;`;
}
