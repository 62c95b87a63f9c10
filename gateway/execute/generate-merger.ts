import { isReadable } from '../lib/readable-name.ts';
import { copyOf, copyOfValue, merge, mergedValue, type MergeRules } from './merge.ts';
import type { ResultObject } from './result-tree.ts';

/** Merges what a subgraph answered into an object of the result: `merge` of the answer, or where it `isCopied`, of a copy. */
export type Merger = (target: ResultObject, source: ResultObject, rules: MergeRules, isCopied: boolean) => void;

/** Does the same for answers of certain keys alone; gives false, and has done nothing, for others. */
export type GeneratedMerger = (...parameters: Parameters<Merger>) => boolean;

/** Making code takes about as long as so many answers. */
const GENERATE_AFTER = 50;
/** More would be too much code for what it saves. */
const MAX_KEYS = 50;

/** Makes what merges answers that have the same keys most of the time: once there have been some, by code made for the keys. */
export function createMerger(generateAfter = GENERATE_AFTER): Merger {
  let answersUntilGenerated = generateAfter;
  let generated: GeneratedMerger | undefined;
  return (target, source, rules, isCopied) => {
    if (generated?.(target, source, rules, isCopied) === true) return;
    merge(target, isCopied ? copyOf(source) : source, rules);
    if (answersUntilGenerated === 0) generated = generateMerger(Object.keys(source));
    answersUntilGenerated -= 1;
  };
}

/**
 * Makes code that merges answers of certain keys: the same as `merge`, unrolled, so that the engine knows every key. Undefined for keys that
 * need care. Of a subgraph's text, nothing but GraphQL names gets into the code.
 */
export function generateMerger(keys: readonly string[]): GeneratedMerger | undefined {
  if (keys.length > MAX_KEYS || !keys.every(isReadable)) return undefined;
  const body = `
return (target, source, rules, isCopied) => {
let count = 0;
for (const _key in source) count += 1;
if (count !== ${keys.length}) return false;
${keys.map((key, index) => `const value${index} = source.${key};\nif (value${index} === undefined) return false;`).join('\n')}
${keys.map(merging).join('\n')}
return true;
};`;
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the text is made of the names above and of nothing else
  const make = new Function('copyOfValue', 'mergedValue', body) as (
    copy: typeof copyOfValue,
    merged: typeof mergedValue,
  ) => GeneratedMerger;
  return make(copyOfValue, mergedValue);
}

/** See `merge`. */
function merging(key: string, index: number): string {
  const value = `value${index}`;
  const [own, present] = [`own${index}`, `present${index}`];
  const replaced = `target.${key} = mergedValue(${present}, ${own}, '${key}', rules);`;
  return `const ${own} = isCopied && typeof ${value} === 'object' ? copyOfValue(${value}) : ${value};
const ${present} = target.${key};
if (${present} === undefined) target.${key} = ${own};
else ${key === '__typename' ? `if (rules.interfaces?.has(${value}) !== true) ` : ''}${replaced}`;
}
