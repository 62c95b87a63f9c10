import { isReadable } from '../lib/readable-name.ts';
import type { Path } from '../plan/compiled-plan.ts';
import { afterList, depthOf, isOfType } from './places.ts';
import type { ResultObject } from './result-tree.ts';
import type { Walk } from './visit-places.ts';

/** Does what `Walk.descend` does from the root on. */
export type GeneratedWalk = (root: ResultObject, walk: Walk) => void;

/**
 * Makes code that walks along a path: the same as `Walk.descend`, unrolled, so that the engine knows every key that is read. Undefined for keys
 * that need care. Of a client's text, nothing but GraphQL names gets into the code.
 */
export function generateWalk(path: Path): GeneratedWalk | undefined {
  if (path.some((segment) => segment.kind === 'key' && !isReadable(segment.key))) return undefined;
  const body = `
const isArray = Array.isArray;
return (value0, walk) => {
${onward(path, 0, { depth: 0, holder: '{ root: value0 }', key: `'root'` })}
};`;
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the text is made of the names above and of nothing else
  const make = new Function('path', 'isOfType', body) as (way: Path, ofType: typeof isOfType) => GeneratedWalk;
  return make(path, isOfType);
}

/** Where a value stands, in code. `depth` is the number of its variable. */
interface Standing {
  readonly depth: number;
  readonly holder: string;
  readonly key: string;
}

/** Code that goes on from a value along the path from `at` on. */
function onward(path: Path, at: number, standing: Standing): string {
  const { depth, holder, key } = standing;
  const value = `value${depth}`;
  const next = afterList(path, at);
  if (next === at + 1) return listItems(path, next, depth);
  // A list within a list that the path names once.
  const list = next === undefined ? '' : `walk.descend(${value}, ${holder}, ${key}, ${at});`;
  return `if (isArray(${value})) { ${list} } else if (typeof ${value} === 'object' && ${value} !== null) {
${inObject(path, at, standing)}
}`;
}

function listItems(path: Path, at: number, depth: number): string {
  const [list, item, index] = [`value${depth}`, `value${depth + 1}`, `index${depth}`];
  return `if (isArray(${list})) {
for (let ${index} = 0; ${index} < ${list}.length; ${index} += 1) {
const ${item} = ${list}[${index}];
${onward(path, at, { depth: depth + 1, holder: list, key: index })}
}
}`;
}

function inObject(path: Path, at: number, standing: Standing): string {
  const { depth, holder, key } = standing;
  const value = `value${depth}`;
  const segment = path[at];
  if (segment?.kind === 'type')
    return `if (isOfType(${value}, path[${at}].types)) {\n${inObject(path, at + 1, standing)}\n}`;
  const isNew = `!walk.wasSeen(${value}, ${depthOf(path, at)})`;
  if (segment === undefined) return `if (${isNew}) walk.visit(${value}, ${holder}, ${key});`;
  if (segment.kind !== 'key') return '';
  return `if (${isNew}) {
const value${depth + 1} = ${value}.${segment.key};
${onward(path, at + 1, { depth: depth + 1, holder: value, key: `'${segment.key}'` })}
}`;
}
