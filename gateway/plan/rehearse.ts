import {
  getNamedType,
  isLeafType,
  isUnionType,
  Kind,
  OperationTypeNode,
  type FieldNode,
  type GraphQLField,
  type GraphQLSchema,
} from 'graphql';
import { giveWay } from '../lib/give-way.ts';
import type { PlannedOperation } from './plan-in-series.ts';
import type { Planner } from './planner.ts';

const TIMES = 30;
const [MAX_DEPTH, MAX_FIELDS] = [3, 12];

/**
 * Plans made-up operations, and forgets their plans: code that has hardly run takes several times as long, and whoever comes first would
 * wait for it, and others with him. Other work has its turns meanwhile. `schema` is what clients may ask.
 */
export async function rehearse(planAtHand: Planner['planAtHand'], schema: GraphQLSchema): Promise<void> {
  const fields = Object.values(schema.getQueryType()?.getFields() ?? {});
  for (let time = 0; time < TIMES && fields.length > 0; time += 1) {
    const field = fields[time % fields.length];
    if (field !== undefined) planAtHand(operationOf(field), { conditions: {}, percentage: 0 });
    await giveWay();
  }
}

/** Asks for something of everything that a field leads to; not for the arguments that it may need, as it is planned and not run. */
function operationOf(field: GraphQLField<unknown, unknown>): PlannedOperation {
  const selectionSet = { kind: Kind.SELECTION_SET, selections: [nodeOf(field, MAX_DEPTH)] } as const;
  return {
    definition: { kind: Kind.OPERATION_DEFINITION, operation: OperationTypeNode.QUERY, selectionSet },
    fragments: new Map(),
  };
}

function nodeOf({ name, type }: GraphQLField<unknown, unknown>, depth: number): FieldNode {
  const node: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: name } };
  const named = getNamedType(type);
  if (isLeafType(named)) return node;
  const fields = isUnionType(named) ? [] : Object.values(named.getFields());
  const selections = fields
    .filter((one) => depth > 1 || isLeafType(getNamedType(one.type)))
    .slice(0, MAX_FIELDS)
    .map((one) => nodeOf(one, depth - 1));
  return { ...node, selectionSet: { kind: Kind.SELECTION_SET, selections: [TYPENAME, ...selections] } };
}

const TYPENAME: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };
