import { describe, expect, it } from '@jest/globals';
import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import { levelAbstractTypes, strangersKey } from './level-abstract-types.ts';

const LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])';

describe('levelling abstract types', () => {
  it('gives a subgraph the members that it lacks, with all that they lead to', () => {
    const { sdl, foreign } = levelAbstractTypes(
      supergraph({
        one: `type Query { hit: Hit @shareable } union Hit = Note type Note @shareable { text: String }`,
        two: `type Query { hit: Hit @shareable } union Hit = Note | Scan type Note @shareable { text: String }
          type Scan { part(size: Size): Part } enum Size { SMALL } type Part { name: String scan: Scan }`,
      }),
    );

    expect(foreign.unknown).toEqual(new Map([['one', new Set(['Scan', 'Part'])]]));
    expect(foreign.strangers.size).toBe(0);
    expect(sdl).toContain('@join__unionMember(graph: ONE, member: "Scan")');
    expect(sdl).toMatch(/type Scan @join__type\(graph: TWO\) @join__type\(graph: ONE\)/);
    expect(sdl).toContain('SMALL @join__enumValue(graph: TWO) @join__enumValue(graph: ONE)');
    expect(sdl).toContain('name: String @join__field(graph: TWO) @join__field(graph: ONE)');
  });

  it('makes a type a member where the subgraph has it, without giving it fields', () => {
    const { sdl, foreign } = levelAbstractTypes(
      supergraph({
        one: `type Query { hit: Hit @shareable scan: Scan } union Hit = Note type Note @shareable { text: String }
          type Scan @key(fields: "id") { id: ID! }`,
        two: `type Query { hit: Hit @shareable } union Hit = Note | Scan type Note @shareable { text: String }
          type Scan @key(fields: "id") { id: ID! part: String }`,
      }),
    );

    expect(foreign.unknown.size).toBe(0);
    expect(foreign.strangers).toEqual(new Map([[strangersKey('one', 'Hit'), new Set(['Scan'])]]));
    expect(sdl).toContain('part: String @join__field(graph: TWO)\n');
  });

  it('leaves a supergraph alone whose subgraphs agree, or share no such field', () => {
    const agreed = supergraph({
      one: `type Query { hit: Hit } union Hit = Note type Note @shareable { text: String }`,
      two: `type Query { found: Hit } union Hit = Note | Scan type Note @shareable { text: String } type Scan { part: String }`,
    });

    expect(levelAbstractTypes(agreed)).toEqual({ sdl: agreed, foreign: { unknown: new Map(), strangers: new Map() } });
  });
});

function supergraph(subgraphs: Readonly<Record<string, string>>): string {
  const services = Object.entries(subgraphs).map(([name, sdl]) => ({
    name,
    url: `http://${name}.invalid`,
    typeDefs: parse(`${LINK}\n${sdl}`),
  }));
  const result = composeServices(services);
  if (result.errors !== undefined) throw new Error(result.errors.map(({ message }) => message).join('\n'));
  return result.supergraphSdl;
}
