import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSubgraphSchema } from '@apollo/subgraph';
import type { GraphQLResolverMap } from '@apollo/subgraph/dist/schema-helper/resolverMap.js';
import type { GraphQLSchema } from 'graphql';
import { gql } from 'graphql-tag';
import type { SubgraphName } from '../../wire/names.ts';
import { projectRoot } from './project-root.ts';

/** Builds a subgraph's executable schema from its `schema.graphql` and its resolvers. Throws when the two do not fit. */
export function loadSchema(subgraph: SubgraphName, resolvers: object): GraphQLSchema {
  const path = join(projectRoot(import.meta.url), 'subgraphs', subgraph, 'schema.graphql');
  return buildSubgraphSchema({
    typeDefs: gql(readFileSync(path, 'utf8')),
    resolvers: resolvers as GraphQLResolverMap<unknown>,
  });
}
