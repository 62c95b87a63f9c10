import { Kind, parse, visit } from 'graphql';
import type { SubgraphSource } from './made-up-graph.ts';

/** The names of all fields that stand in a `@key` or a `@requires`. */
export function neededNames(subgraphs: readonly SubgraphSource[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { sdl } of subgraphs)
    visit(parse(sdl), {
      [Kind.DIRECTIVE]: ({ name: { value: directive }, arguments: given = [] }) => {
        const fields = given.find(({ name }) => name.value === 'fields')?.value;
        if ((directive !== 'key' && directive !== 'requires') || fields?.kind !== Kind.STRING) return;
        for (const [name] of fields.value.matchAll(/[_A-Za-z]\w*/g)) names.add(name);
      },
    });
  return names;
}
