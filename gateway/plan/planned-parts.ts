import { Kind, type FieldNode, type FragmentDefinitionNode, type SelectionSetNode } from 'graphql';
import { responseKeyOf } from '../lib/response-key.ts';
import type { CompiledPlan, ContextualArgument, FetchNode, Path, Rewrite } from './compiled-plan.ts';
import { fetchesOf } from './map-plan.ts';
import { definitionsOf, type ParseDocument } from './parse-once.ts';

/** One request of a plan, or the part of it for one list of entities. */
export interface PlannedRequest {
  readonly subgraph: string;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** Arguments of its fields that are taken from above. */
  readonly contexts: readonly ContextualArgument[];
}

/** What a plan asks one subgraph for, at one place of the result or further down. */
export interface PlannedPart {
  readonly request: PlannedRequest;
  /** The way that is left to the place. */
  readonly path: Path;
  /** The object types that the subgraph is asked about there; undefined where it is asked about all. */
  readonly types: ReadonlySet<string> | undefined;
  /** What the subgraph calls what stands there; undefined where fragments tell. */
  readonly type: string | undefined;
  /** Whether the object itself is what the subgraph gave, not what it was asked about. */
  readonly isGiven: boolean;
  /** Undefined where the place has no objects. */
  readonly selectionSet: SelectionSetNode | undefined;
  /** The renamings that hold here or further down, with the way that is left to them. */
  readonly renames: readonly Rename[];
  /** The field whose value stands there, where the subgraph is asked for it by this request. */
  readonly field: FieldNode | undefined;
  /** How many fields lead there from where the request begins: from an entity, or from the root. */
  readonly depth: number;
}

type Rename = Extract<Rewrite, { kind: 'rename' }>;

/** Lists the requests of a plan, as parts that start at the root of the result, whose type is `rootType`. */
export function plannedParts(plan: CompiledPlan, rootType: string, parse: ParseDocument): readonly PlannedPart[] {
  return fetchesOf(plan).flatMap((fetch) => partsOf(fetch, rootType, parse));
}

/** The parts of one request. */
export function partsOf(
  { subgraph, document, target }: FetchNode,
  rootType: string,
  parse: ParseDocument,
): PlannedPart[] {
  const { operation, fragments } = definitionsOf(parse(document));
  const { selectionSet } = operation;
  if (target.kind === 'root') {
    const isGiven = target.path.length === 0;
    const place = { path: target.path, types: undefined, type: isGiven ? rootType : undefined, isGiven };
    const renames = renamesOf(target.outputRewrites);
    return [partOf({ request: { subgraph, fragments, contexts: [] }, ...place, selectionSet, renames })];
  }
  const request = { subgraph, fragments, contexts: target.contexts ?? [] };
  return target.batches.flatMap(({ responseKey, paths, requires, outputRewrites }) => {
    const types = new Set(requires.flatMap((one) => (one.kind === 'fragment' ? [...one.types] : [])));
    const entities = selectionSet.selections.find(
      (one): one is FieldNode => one.kind === Kind.FIELD && responseKeyOf(one) === responseKey,
    );
    const asked = { selectionSet: entities?.selectionSet, renames: renamesOf(outputRewrites) };
    return paths.map((path) => partOf({ request, path, types, type: undefined, isGiven: false, ...asked }));
  });
}

/** All parts have their members in one order: there are many, and the engine knows them by it. */
function partOf(from: Omit<PlannedPart, 'field' | 'depth'>): PlannedPart {
  const { request, path, types, type, isGiven, selectionSet, renames } = from;
  return { request, path, types, type, isGiven, selectionSet, renames, field: undefined, depth: 0 };
}

function renamesOf(rewrites: readonly Rewrite[]): readonly Rename[] {
  return rewrites.filter((one) => one.kind === 'rename');
}

/** The part as it concerns an object of a type, at the place where it stands now; undefined where it does not. */
export function narrowed(part: PlannedPart, object: string): PlannedPart | undefined {
  const { path, types } = part;
  if (path.length === 0 && types === undefined) return part;
  const next = path.findIndex((one) => one.kind === 'key');
  const before = next === -1 ? path : path.slice(0, next);
  if (before.some((one) => one.kind === 'type' && !one.types.has(object))) return undefined;
  if (next !== -1) return next === 0 ? part : partOf({ ...part, path: path.slice(next) });
  return types?.has(object) === false ? undefined : partOf({ ...part, path: [], types: undefined });
}

/** The part at a field, on the way to the place that it is about. */
export function partBelow(part: PlannedPart): PlannedPart {
  return partOf({ ...part, path: part.path.slice(1) });
}

/** What becomes of renamings for the value of a field: the key that it gets, and those that hold further down. */
export function renamedField(
  renames: readonly Rename[],
  key: string,
  object: string,
): { readonly key: string; readonly below: readonly Rename[] } {
  if (renames.length === 0) return { key, below: renames };
  let latest = key;
  const below: Rename[] = [];
  for (const rename of renames) {
    const next = rename.path.findIndex((one) => one.kind === 'key');
    const before = next === -1 ? rename.path : rename.path.slice(0, next);
    if (before.some((one) => one.kind === 'type' && !one.types.has(object))) continue;
    const segment = rename.path[next];
    if (segment === undefined && rename.from === latest) latest = rename.to;
    if (segment?.kind === 'key' && segment.key === latest) below.push({ ...rename, path: rename.path.slice(next + 1) });
  }
  return { key: latest, below };
}
