import type { GraphQLFormattedError } from 'graphql';
import type { GatewayError } from '../errors/gateway-error.ts';
import type { EntityBatch, FetchNode, Path, RootTarget } from '../plan/compiled-plan.ts';
import type { Batched } from './merge-entities.ts';
import { commonPlace, visitLocatedPlaces, type ResultPath } from './places.ts';
import type { Places } from './representations.ts';
import type { LocatedError, ResultObject } from './result-tree.ts';

/** A subgraph that finds fault with every one of ten thousand entities does not make an answer of ten thousand errors. */
const MAX_PLACES = 100;

/** A failed request: one error for each root field that it leaves empty, or one at the nearest place that contains the entities. */
export function failureErrors({ target, subgraph }: FetchNode, { code, message }: GatewayError): LocatedError[] {
  const error = { message, extensions: { code }, subgraph };
  if (target.kind === 'root') {
    const place = commonPlace(target.path);
    const isAtRoot = target.path.length === 0;
    return isAtRoot ? target.keys.map((key) => ({ ...error, path: [key] })) : [{ ...error, path: place }];
  }
  const places = [...new Set(target.batches.flatMap(({ paths }) => paths))].map(commonPlace);
  return places.slice(0, MAX_PLACES).map((path) => ({ ...error, path }));
}

/** Errors of a request for root fields, or for more fields of objects at a path. */
export function rootErrors(
  errors: readonly GraphQLFormattedError[],
  { path }: RootTarget,
  subgraph: string,
): LocatedError[] {
  if (errors.length === 0) return [];
  const prefix = commonPlace(path);
  const isSinglePlace = path.every(({ kind }) => kind !== 'items');
  return errors.map((error) =>
    located(error, isSinglePlace && error.path ? [...prefix, ...error.path] : prefix, subgraph),
  );
}

interface BatchedIn extends Batched {
  readonly tree: ResultObject;
}

/**
 * Errors of a request for entities: `_entities.3.name` is told at every place of the result where the fourth representation stands.
 * An error that names no entity is told at the nearest place that contains those of a path, for each path that has any.
 */
export function entityErrors(
  errors: readonly GraphQLFormattedError[],
  batches: readonly BatchedIn[],
  subgraph: string,
): LocatedError[] {
  return errors.flatMap((error) => {
    const [responseKey, index, ...rest] = error.path ?? [];
    const batched = batches.find(({ batch }) => batch.responseKey === responseKey);
    const places = typeof index === 'number' && batched ? placesOf(index, batched).slice(0, MAX_PLACES) : [];
    if (places.length > 0)
      return places.map((place) => located(error, [...place, ...renamed(rest, batched?.batch)], subgraph));
    const paths = new Set((batched ? [batched] : batches).flatMap(pathsInUse));
    return [...paths].map((path) => located(error, commonPlace(path), subgraph));
  });
}

/** A request for entities of some batches, with the paths alone at which there are any: nobody misses others when it fails. */
export function withPathsInUse(fetch: FetchNode, collected: readonly Batched[]): FetchNode {
  const batches = collected.map((one) => ({ ...one.batch, paths: pathsInUse(one) }));
  return { ...fetch, target: { kind: 'entities', batches } };
}

function pathsInUse({ batch, entities }: Batched): readonly Path[] {
  return batch.paths.filter((_path, index) => entities.places[index]?.indexes.length !== 0);
}

function placesOf(index: number, { batch, entities, tree }: BatchedIn): ResultPath[] {
  const places: ResultPath[] = [];
  batch.paths.forEach((path, pathIndex) => {
    const { holders, keys, indexes } = entities.places[pathIndex] ?? NOWHERE;
    const objects = new Set<unknown>();
    indexes.forEach((one, place) => {
      if (one === index) objects.add(holders[place]?.[keys[place] ?? '']);
    });
    visitLocatedPlaces(tree, path, (object, at) => {
      if (objects.has(object)) places.push(at);
    });
  });
  return places;
}

const NOWHERE: Places = { holders: [], keys: [], indexes: [] };

/** The client knows a field by the key that the plan gives it back after the answer. */
function renamed(path: ResultPath, { outputRewrites = [] }: Partial<EntityBatch> = {}): ResultPath {
  const [first, ...rest] = path;
  if (first === undefined) return path;
  const rename = outputRewrites.find((one) => one.kind === 'rename' && one.from === first);
  return rename?.kind === 'rename' ? [rename.to, ...rest] : path;
}

function located({ message, extensions }: GraphQLFormattedError, path: ResultPath, subgraph: string): LocatedError {
  return { message, path: path.length === 0 ? undefined : path, extensions, subgraph };
}
