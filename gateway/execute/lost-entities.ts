import type { GraphQLFormattedError } from 'graphql';
import type { SubgraphAnswer } from './parse-subgraph-answer.ts';

/**
 * The errors, as if the subgraph had given them, for entities that it does not know again by their keys though it has just given them:
 * whatever is asked of them is lost, and null would look like a value.
 */
export function lostEntities({ data }: SubgraphAnswer): readonly GraphQLFormattedError[] {
  return Object.entries(data ?? {}).flatMap(([responseKey, entities]) =>
    Array.isArray(entities)
      ? entities.flatMap((entity, index) => (entity === null ? [lost([responseKey, index])] : []))
      : [],
  );
}

/** The error, as if the subgraph had given it, for an entity of another type than the one that it was asked for. */
export function mistakenEntity(responseKey: string, index: number): GraphQLFormattedError {
  const message = 'The subgraph gave an entity of another type than it was asked for.';
  return { message, path: [responseKey, index], extensions: { code: 'SUBGRAPH_INVALID_RESPONSE' } };
}

function lost(path: readonly (string | number)[]): GraphQLFormattedError {
  const message = 'The subgraph does not know an entity again that it has just given.';
  return { message, path, extensions: { code: 'SUBGRAPH_INVALID_RESPONSE' } };
}
