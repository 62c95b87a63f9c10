import { parse, type DocumentNode } from 'graphql';
import { startFakeSubgraph, type FakeSubgraph } from '../../gateway/support/fake-subgraph.ts';
import type { CaseSubgraph, FederationCase } from './federation-case.ts';

const DIRECTIVES = [
  '@key',
  '@requires',
  '@provides',
  '@external',
  '@shareable',
  '@override',
  '@interfaceObject',
  '@inaccessible',
  '@tag',
  '@extends',
  '@context',
  '@fromContext',
  '@composeDirective',
];

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ${JSON.stringify(DIRECTIVES)})`;

/** Starts the subgraphs of a case, each over HTTP. */
export function serveCase({ subgraphs }: FederationCase): Promise<FakeSubgraph[]> {
  return Promise.all(
    Object.entries(subgraphs).map(([name, subgraph]) =>
      startFakeSubgraph(name, subgraph.sdl, subgraph.resolvers ?? {}, linkOf(subgraph)),
    ),
  );
}

/** The schema of a case's subgraph, as it is composed. */
export function typeDefsOf(subgraph: CaseSubgraph): DocumentNode {
  return parse(`${linkOf(subgraph)}\n${subgraph.sdl}`);
}

function linkOf({ federation }: CaseSubgraph): string {
  return federation === 1 ? '' : LINK;
}
