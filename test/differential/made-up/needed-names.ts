import { Kind, parse, visit } from 'graphql';
import type { SubgraphSource } from './made-up-graph.ts';

/** By directive, the argument that names fields which one subgraph is told of what another gives. */
const NAMING = new Map([
  ['key', 'fields'],
  ['requires', 'fields'],
  ['fromContext', 'field'],
]);

/** The names of all fields that stand in a `@key`, a `@requires` or a `@fromContext`. */
export function neededNames(subgraphs: readonly SubgraphSource[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { sdl } of subgraphs)
    visit(parse(sdl), {
      [Kind.DIRECTIVE]: ({ name: { value: directive }, arguments: given = [] }) => {
        const fields = given.find(({ name }) => name.value === NAMING.get(directive))?.value;
        if (fields?.kind !== Kind.STRING) return;
        for (const [name] of fields.value.matchAll(/[_A-Za-z]\w*/g)) names.add(name);
      },
    });
  return names;
}
