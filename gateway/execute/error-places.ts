import { GraphQLError } from 'graphql';
import type { ResultPath } from './places.ts';
import type { LocatedError } from './result-tree.ts';

/** Puts errors where the client finds them; those that repeat others, where none is there, nor above. */
export function atClientPaths(
  errors: readonly LocatedError[],
  clientPath: (path: ResultPath) => ResultPath,
): LocatedError[] {
  const placed = errors.map((error) => {
    const path = clientPath(error.path ?? []);
    return { ...error, path: path.length === 0 ? undefined : path };
  });
  return placed.some(({ isConsequence }) => isConsequence) ? withoutNeedless(placed) : placed;
}

function withoutNeedless(errors: readonly LocatedError[]): LocatedError[] {
  const told = new Set(errors.filter(({ isConsequence }) => isConsequence !== true).map(({ path }) => idOf(path)));
  return errors.filter(({ path = [], isConsequence }) => {
    if (isConsequence !== true) return true;
    for (let depth = 0; depth <= path.length; depth += 1) if (told.has(idOf(path.slice(0, depth)))) return false;
    told.add(idOf(path));
    return true;
  });
}

function idOf(path: ResultPath = []): string {
  return JSON.stringify(path);
}

/** An error as it is presented to the client from here on. */
export function graphqlError({ message, path, extensions, subgraph }: LocatedError): GraphQLError {
  return new GraphQLError(message, { ...(path !== undefined && { path }), extensions: { ...extensions, subgraph } });
}
