/** Everything in which a bracket is none, and the brackets: block strings, strings, comments (GraphQL specification, section 2.1). */
const TOKENS = /"""(?:\\"""|[^])*?"""|"(?:\\.|[^"\\\n\r])*"?|#[^\n\r]*|[[({]|[\])}]/g;

/**
 * Whether brackets of a document stand more than so many levels within each other. To be asked before it is parsed: parsers and
 * whatever walks a tree call themselves at every level, and a document of brackets alone would overflow their stack.
 */
export function isNestedDeeper(text: string, levels: number): boolean {
  let depth = 0;
  for (const [token] of text.matchAll(TOKENS)) {
    if (token === '{' || token === '[' || token === '(') depth += 1;
    else if (token === '}' || token === ']' || token === ')') depth = Math.max(0, depth - 1);
    if (depth > levels) return true;
  }
  return false;
}

/** Whether lists and maps of a JSON value stand more than so many levels within each other; goes no deeper than that itself. */
export function isValueNestedDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  return Object.values(value).some((inner) => isValueNestedDeeper(inner, levels - 1));
}
