import type * as Apollo from '@apollo/query-planner';
import type { PathSegment, RequiredSelection, Rewrite } from './compiled-plan.ts';
import type { ObjectTypes } from './object-types.ts';

const ON_TYPE = '... on ';

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

  return { segments, required, rewrite };
}
