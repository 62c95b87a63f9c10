import type { Rewrite } from '../plan/compiled-plan.ts';
import { setOwn } from './merge.ts';
import { isObject, isOfType, ownValue } from './places.ts';

/** Changes a representation before it is sent, or an answer after it came, in place. */
export function applyRewrites(value: unknown, rewrites: readonly Rewrite[]): void {
  for (const rewrite of rewrites) applyAt(value, rewrite, 0);
}

/** Unlike a path of the result, a rewrite's enters lists by itself. */
function applyAt(value: unknown, rewrite: Rewrite, at: number): void {
  if (Array.isArray(value)) {
    for (const item of value) applyAt(item, rewrite, at);
    return;
  }
  if (!isObject(value)) return;
  const segment = rewrite.path[at];
  if (segment?.kind === 'key') applyAt(ownValue(value, segment.key), rewrite, at + 1);
  else if (segment?.kind === 'type') {
    if (isOfType(value, segment.types)) applyAt(value, rewrite, at + 1);
  } else if (rewrite.kind === 'set') setOwn(value, rewrite.key, rewrite.value);
  else {
    const renamed = ownValue(value, rewrite.from);
    if (renamed === undefined) return;
    setOwn(value, rewrite.to, renamed);
    setOwn(value, rewrite.from, undefined);
  }
}
