import type * as Hive from '@graphql-hive/router-query-planner';
import type { Path, PathSegment, RequiredSelection, Rewrite } from './compiled-plan.ts';
import type { ObjectTypes } from './object-types.ts';

const ITEMS: PathSegment = { kind: 'items' };

/**
 * Compiles what stands within the fetches of one plan of the native planner: paths, representations, rewrites. The paths of a plan have
 * most of their parts in common, and say so, as it is sent and remembered as often as it has parts.
 */
export function createHivePlanParts(objectTypes: ObjectTypes) {
  const keys = new Map<string, PathSegment>();

  const segment = (from: Hive.FlattenNodePathSegment): PathSegment => {
    if (from === '@') return ITEMS;
    return 'Field' in from ? keySegment(from.Field) : { kind: 'type', types: union(from.TypeCondition) };
  };

  const keySegment = (key: string): PathSegment => {
    const known = keys.get(key);
    if (known !== undefined) return known;
    const made: PathSegment = { kind: 'key', key };
    keys.set(key, made);
    return made;
  };

  const required = (from: Hive.RequiresSelection): RequiredSelection => {
    if (from.kind === 'FragmentSpread')
      throw new Error('a plan whose representations use named fragments cannot be run');
    const selections = from.selections?.map(required);
    // The planner reads a field by its name and sends it by its alias.
    if (from.kind === 'Field') return { kind: 'field', key: from.name, name: from.alias ?? from.name, selections };
    return { kind: 'fragment', types: objectTypes(from.typeCondition), selections: selections ?? [] };
  };

  const rewrite = (from: Hive.FetchRewrite): Rewrite => {
    if ('KeyRenamer' in from) {
      const { path, key } = place(from.KeyRenamer.path);
      return { kind: 'rename', path, from: key, to: from.KeyRenamer.renameKeyTo };
    }
    const setter = 'ValueSetter' in from ? from.ValueSetter : from;
    return { kind: 'set', ...place(setter.path), value: setter.setValueTo };
  };

  const place = (path: readonly Hive.FetchNodePathSegment[]): { path: Path; key: string } => {
    const last = path.at(-1);
    if (last === undefined || !('Key' in last)) throw new Error('a rewrite of a plan names no key');
    const before = path
      .slice(0, -1)
      .map((one): PathSegment =>
        'Key' in one ? { kind: 'key', key: one.Key } : { kind: 'type', types: union(one.TypenameEquals) },
      );
    return { path: before, key: last.Key };
  };

  const union = (conditions: readonly string[]): ReadonlySet<string> =>
    new Set(conditions.flatMap((condition) => [...objectTypes(condition)]));

  return { segment, required, rewrite };
}
