import { describe, expect, it } from '@jest/globals';
import {
  buildSchema,
  executeSync,
  isAbstractType,
  isObjectType,
  Kind,
  print,
  type DocumentNode,
  type GraphQLSchema,
} from 'graphql';
import { jsonTextOf } from '../lib/json.ts';
import { createRandom, randomSeed, type Random } from '../../test/gateway/support/random.ts';
import { randomAnswers } from '../../test/gateway/support/random-answers.ts';
import { CONDITION_VARIABLES, randomOperation } from '../../test/gateway/support/random-operation.ts';
import { responseKeyOf } from '../lib/response-key.ts';
import { compileProjection } from './compile-projection.ts';
import type { Project } from './projection.ts';
import type { ResultObject } from './result-tree.ts';

const OPERATIONS = Number(process.env['PROJECTION_OPERATIONS'] ?? 800);
const SEED = randomSeed();
/** A bound for what hangs. */
const MS_PER_OPERATION = 50;

const schema = strict(
  buildSchema(`
    scalar JSON
    enum Status { OPEN CLOSED }
    union Party = Person | Clinic
    union Anything = Person | Clinic | Visit | Note

    interface Node { id: ID! }
    interface Named implements Node { id: ID! name: String friends: [Named!] nearest: Named }
    interface Dated { at: String! parties: [Party!]! }

    type Person implements Node & Named {
      id: ID! name: String! friends: [Person!] nearest: Named! age: Int visits: [Visit!]! favourite: Anything
    }
    type Clinic implements Node & Named {
      id: ID! name: String friends: [Named!] nearest: Clinic rating: Float isOpen: Boolean! rooms: [[String!]!] staff: [Person]
    }
    type Visit implements Node & Dated { id: ID! at: String! parties: [Party!]! status: Status! clinic: Clinic! notes: [Note!] }
    type Note implements Dated { at: String! parties: [Party!]! text: JSON about: Node grid: [[Int]!]! }

    type Query {
      node: Node
      nodes: [Node]!
      named: [Named!]
      party: Party
      anything: [[Anything!]]
      dated: Dated
      visit: Visit
      people: [Person!]
      count: Int!
      statuses: [Status!]
    }
  `),
);

describe('the projection', () => {
  it(
    `answers as graphql-js does: ${OPERATIONS} random operations (seed ${SEED})`,
    () => {
      const random = createRandom(SEED);
      const seen = { objects: 0, errors: 0, nothing: 0 };

      for (let index = 0; index < OPERATIONS; index += 1) {
        const document = randomOperation(schema, random);
        // Code is never made for the objects, made at once, or made on the way.
        const project = projectionOf(document, [Infinity, 0, 2][index % 3]);
        for (let round = 0; round < 3; round += 1) {
          const { data, errors } = compare(document, project, random);
          if (errors > 0) seen.errors += 1;
          if (data === 'null') seen.nothing += 1;
          else seen.objects += 1;
        }
      }

      expect(seen.objects).toBeGreaterThan(OPERATIONS);
      expect(seen.errors).toBeGreaterThan(OPERATIONS / 10);
      expect(seen.nothing).toBeGreaterThan(OPERATIONS / 100);
    },
    Math.max(120_000, OPERATIONS * MS_PER_OPERATION),
  );
});

function compare(document: DocumentNode, project: Project, random: Random): { data: unknown; errors: number } {
  const isFaulty = random.isLikely(0.7);
  const faults = isFaulty
    ? { isNull: 0.1, isNullWhereNoneMayBe: 0.02, isOfAnotherType: 0.02 }
    : { isNull: 0.05, isNullWhereNoneMayBe: 0, isOfAnotherType: 0 };
  const variables = Object.fromEntries(CONDITION_VARIABLES.map((name) => [name, random.isLikely(0.5)]));
  const tree: ResultObject = {};

  const expected = executeSync({
    schema,
    document,
    rootValue: tree,
    variableValues: variables,
    fieldResolver: randomAnswers(schema, random, faults),
  });
  const { data: json, errors } = project({ tree, errors: [] }, variables);

  const data = jsonTextOf(json);
  const found = { data, errors: errors.map(({ path }) => path) };
  const wanted = {
    data: JSON.stringify(expected.data),
    errors: (expected.errors ?? []).slice(0, 100).map(({ path }) => path),
  };
  // Told to Jest only when it matters, which is far quicker.
  const context = { query: print(document), variables };
  if (JSON.stringify(found) !== JSON.stringify(wanted))
    expect({ ...context, ...found }).toEqual({ ...context, ...wanted });
  return { data, errors: errors.length };
}

function projectionOf({ definitions }: DocumentNode, generateAfter: number | undefined): Project {
  const definition = definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION);
  if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error('no operation');
  const fragments = definitions.flatMap((one) =>
    one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one] as const] : [],
  );
  return compileProjection(schema, { definition, fragments: new Map(fragments) }, responseKeyOf, generateAfter);
}

/** graphql-js takes anything for an object, unless it is told to look. */
function strict(loose: GraphQLSchema): GraphQLSchema {
  const isObject = (value: unknown): value is ResultObject => typeof value === 'object' && !Array.isArray(value);
  for (const type of Object.values(loose.getTypeMap())) {
    if (type.name.startsWith('__')) continue;
    if (isObjectType(type)) type.isTypeOf = isObject;
    if (isAbstractType(type)) type.resolveType = (value) => (isObject(value) ? String(value['__typename']) : undefined);
  }
  return loose;
}
