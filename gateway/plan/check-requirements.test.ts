import { describe, expect, it } from '@jest/globals';
import { buildASTSchema, parse } from 'graphql';
import { createRequirementsCheck } from './check-requirements.ts';
import type { FetchNode } from './compiled-plan.ts';

const SCHEMA = buildASTSchema(
  parse(`
    enum join__Graph { A @join__graph(name: "a") }
    type Query { item: Item }
    type Item @join__type(graph: A, key: "id") {
      id: ID! @join__field(graph: A, external: true)
      size: Int @join__field(graph: A, external: true)
      given: Int @join__field(graph: A, external: true)
      box: String @join__field(graph: A, requires: "size")
      label: String @join__field(graph: A, requires: "id given")
      next: Item @join__field(graph: A, provides: "given")
    }
  `),
  { assumeValidSDL: true },
);

const check = (document: string, kind: 'root' | 'entities'): void => {
  const target: FetchNode['target'] =
    kind === 'root' ? { kind, path: [], keys: [], outputRewrites: [] } : { kind, batches: [] };
  const root: FetchNode = {
    kind: 'fetch',
    subgraph: 'a',
    operation: 'query',
    document,
    operationName: undefined,
    variables: [],
    target,
  };
  createRequirementsCheck(SCHEMA)({ root: { kind: 'sequence', nodes: [root] }, interfaces: new Set() });
};

describe('createRequirementsCheck', () => {
  it('refuses a field that requires something, where no representation brings it', () => {
    expect(() => check('{ item { size box } }', 'root')).toThrow('Item.box before what it requires');
    expect(() => check('{ _entities { ... on Item { next { ... on Item { box } } } } }', 'entities')).toThrow(
      'Item.box',
    );
  });

  it('lets it pass where a representation, a key or a path brings it', () => {
    check('{ _entities { ... on Item { box } } }', 'entities');
    check('{ item { next { label } } }', 'root');
  });
});
