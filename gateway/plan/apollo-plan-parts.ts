import type * as Apollo from '@apollo/query-planner';
import type { ContextLookup, ContextualArgument, PathSegment, RequiredSelection, Rewrite } from './compiled-plan.ts';
import type { ObjectTypes } from './object-types.ts';

const ON_TYPE = '... on ';
const UP = '..';

/** Compiles what stands within the fetches of a plan of Apollo's planner: paths, representations, rewrites. */
export function createApolloPlanParts(objectTypes: ObjectTypes) {
  /** `reviews|[Book,Movie]` goes on from books and movies alone. */
  const segments = (from: string | number): PathSegment[] => {
    if (from === '@') return [{ kind: 'items' }];
    const [key = '', conditions] = String(from).split('|');
    const names = conditions?.slice(1, -1).split(',');
    const type = names && { kind: 'type' as const, types: new Set(names.flatMap((name) => [...objectTypes(name)])) };
    return [{ kind: 'key', key }, ...(type ? [type] : [])];
  };

  const required = (from: Apollo.QueryPlanSelectionNode): RequiredSelection => {
    const selections = from.selections?.map(required);
    if (from.kind === 'Field') {
      const key = from.alias ?? from.name;
      return { kind: 'field', key, name: key, selections };
    }
    if (from.typeCondition === undefined)
      throw new Error('a plan whose representations have bare fragments cannot be run');
    return { kind: 'fragment', types: objectTypes(from.typeCondition), selections: selections ?? [] };
  };

  const rewrite = (from: Apollo.FetchDataRewrite): Rewrite => {
    const path = from.path
      .slice(0, -1)
      .map((one): PathSegment =>
        one.startsWith(ON_TYPE)
          ? { kind: 'type', types: objectTypes(one.slice(ON_TYPE.length)) }
          : { kind: 'key', key: one },
      );
    const key = from.path.at(-1) ?? '';
    return from.kind === 'ValueSetter'
      ? { kind: 'set', path, key, value: from.setValueTo as unknown }
      : { kind: 'rename', path, from: key, to: from.renameKeyTo };
  };

  /** `../../... on Ward/unit` is the unit of the ward two fields above the entity. */
  const lookup = (path: readonly string[]): ContextLookup => {
    const levels = path.findIndex((one) => one !== UP);
    const [first = '', ...rest] = path.slice(levels);
    const isTyped = first.startsWith(ON_TYPE);
    const keys = isTyped ? rest : [first, ...rest];
    if (keys.length === 0 || keys.some((one) => one === UP || one.startsWith(ON_TYPE)))
      throw new Error(`a plan that takes a contextual argument from ${path.join('/')} cannot be run`);
    return { levels, types: isTyped ? objectTypes(first.slice(ON_TYPE.length)) : undefined, keys };
  };

  /** The planner names the places in the order in which it found them, which may not be that of their distance. */
  const contexts = (rewrites: readonly Apollo.FetchDataKeyRenamer[]): readonly ContextualArgument[] => {
    const lookups = new Map<string, ContextLookup[]>();
    for (const { renameKeyTo: variable, path } of rewrites)
      lookups.set(variable, [...(lookups.get(variable) ?? []), lookup(path)]);
    return [...lookups].map(([variable, some]) => ({
      variable,
      lookups: some.sort((one, other) => one.levels - other.levels),
    }));
  };

  return { segments, required, rewrite, contexts };
}
