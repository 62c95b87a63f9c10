import { describe, expect, it } from '@jest/globals';
import { buildASTSchema, parse } from 'graphql';
import type { CompiledPlan, FetchNode } from './compiled-plan.ts';
import { restoreRequirements } from './restore-requirements.ts';
import { separateRequirements, type SeparatedSupergraph } from './separate-requirements.ts';

const SDL = `
directive @join__field(graph: G, requires: String, external: Boolean) repeatable on FIELD_DEFINITION
enum G { A B }
enum Unit { GRAM KILO }
type Query { item: Item }
type Item {
  weight(unit: Unit!): Float @join__field(graph: A) @join__field(graph: B, external: true)
  name: String @join__field(graph: A) @join__field(graph: B, external: true)
  price: Float @join__field(graph: B, requires: "name weight(unit: KILO)")
  stamps: Float @join__field(graph: B, requires: "weight(unit: GRAM)")
}
`;

const separate = (sdl: string): SeparatedSupergraph =>
  separateRequirements(sdl, buildASTSchema(parse(sdl), { assumeValidSDL: true }));

const required = (name: string) => ({ kind: 'field', key: name, name, selections: undefined }) as const;

describe('separateRequirements', () => {
  it('leaves a supergraph alone that requires nothing with arguments', () => {
    const sdl = SDL.replaceAll(/\(unit: (KILO|GRAM)\)/g, '');

    expect(separate(sdl).sdl).toBe(sdl);
  });

  it('adds a field for each way in which one is required, and takes away what is no longer needed', () => {
    const { sdl, requiredFields } = separate(SDL);

    const [kilo, gram] = [...requiredFields.keys()];
    expect([...requiredFields.values()].map(({ name }) => name)).toEqual(['weight', 'weight']);
    expect(sdl).toContain('weight(unit: Unit!): Float @join__field(graph: A)\n');
    expect(sdl).toContain(`${kilo}: Float @join__field(graph: A) @join__field(graph: B, external: true)\n`);
    expect(sdl).toContain(`stamps: Float @join__field(graph: B, requires: "${gram}")`);
    expect(sdl).toContain(`requires: "name ${kilo}"`);
  });
});

describe('restoreRequirements', () => {
  const separated = separate(SDL);
  const [kilo = '', gram = ''] = [...separated.requiredFields.keys()];
  const fetchOf = (document: string, target: FetchNode['target']): FetchNode => ({
    kind: 'fetch',
    subgraph: 'b',
    operation: 'query',
    document,
    operationName: undefined,
    variables: [],
    target,
  });
  const fetchesOf = ({ root }: CompiledPlan): unknown[] => {
    const nodes = root?.kind === 'parallel' ? root.nodes : [root];
    return nodes.map((node) => node?.kind === 'fetch' && node.document.replaceAll(/\s+/g, ' '));
  };

  it('asks for what is meant, under the key that the plan has for it', () => {
    const root = fetchOf(`{item{name ${kilo}}}`, { kind: 'root', path: [], keys: ['item'], outputRewrites: [] });

    expect(fetchesOf(restoreRequirements({ root }, separated))).toEqual([
      `{ item { name ${kilo}: weight(unit: KILO) } }`,
    ]);
  });

  const batchOf = (...keys: string[]) => ({
    responseKey: '_entities',
    representations: 'r',
    paths: [],
    requires: [{ kind: 'fragment', types: new Set(['Item']), selections: keys.map(required) } as const],
    inputRewrites: [],
    outputRewrites: [],
  });

  it('sends two requests where one would need two values for one field', () => {
    const document = 'query($r:[_Any!]!){_entities(representations:$r){...on Item{price stamps}}}';

    const plan = restoreRequirements(
      { root: fetchOf(document, { kind: 'entities', batches: [batchOf(kilo, gram, 'name')] }) },
      separated,
    );

    expect(fetchesOf(plan)).toEqual([
      'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Item { price } } }',
      'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Item { stamps } } }',
    ]);
    expect(JSON.stringify(plan)).toContain(JSON.stringify({ ...required(gram), name: 'weight' }));
  });

  it('sends two requests, too, where one of the fields is itself required with arguments', () => {
    const chained = separate(
      SDL.replace(
        'stamps: Float',
        `estimate(express: Boolean): Float @join__field(graph: B, requires: "weight(unit: KILO)")
       score: Float @join__field(graph: A, requires: "estimate(express: true)")
       stamps: Float`,
      ),
    );
    const estimate = [...chained.requiredFields].find(([, { name }]) => name === 'estimate')?.[0] ?? '';
    const document = `query($r:[_Any!]!){_entities(representations:$r){...on Item{${estimate} stamps}}}`;
    const root = fetchOf(document, { kind: 'entities', batches: [batchOf(kilo, gram)] });

    expect(fetchesOf(restoreRequirements({ root }, chained))).toEqual([
      `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Item { ${estimate}: estimate(express: true) } } }`,
      'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Item { stamps } } }',
    ]);
  });
});
