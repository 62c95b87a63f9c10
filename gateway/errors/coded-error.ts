import { GraphQLError } from 'graphql';

interface Replacement {
  readonly message: string;
  readonly extensions: Readonly<Record<string, unknown>>;
}

/** Copies where an error stands (its path and its place in the document), with another message and other extensions. */
export function codedError(error: GraphQLError, { message, extensions }: Replacement): GraphQLError {
  const { path, nodes, source, positions } = error;
  return new GraphQLError(message, {
    extensions,
    ...(path === undefined ? {} : { path }),
    ...(nodes === undefined ? {} : { nodes }),
    ...(source === undefined ? {} : { source }),
    ...(positions === undefined ? {} : { positions }),
  });
}
