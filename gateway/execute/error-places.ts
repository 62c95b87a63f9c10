import { GraphQLError } from 'graphql';
import type { ResultPath } from './places.ts';
import type { LocatedError } from './result-tree.ts';

/** Puts errors where the client finds them. */
export function atClientPaths(
  errors: readonly LocatedError[],
  clientPath: (path: ResultPath) => ResultPath,
): LocatedError[] {
  return errors.map((error) => {
    const path = clientPath(error.path ?? []);
    return { ...error, path: path.length === 0 ? undefined : path };
  });
}

/** An error as it is presented to the client from here on. */
export function graphqlError({ message, path, extensions, subgraph }: LocatedError): GraphQLError {
  return new GraphQLError(message, { ...(path !== undefined && { path }), extensions: { ...extensions, subgraph } });
}
