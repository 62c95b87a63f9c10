import { isAbstractType, isObjectType, type GraphQLSchema } from 'graphql';
import { isRow, valueOf, type Args, type DataObject } from './made-up-graph.ts';
import type { CurrentGraph } from './subgraph-schema.ts';

/** An object where it stands in an answer. */
interface Placed {
  readonly row: DataObject;
  readonly above: Placed | undefined;
}

/** Makes the API schema of a made-up graph executable by itself: what it answers is right by definition. Changes the schema. */
export function monolithSchema(current: CurrentGraph, apiSchema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(apiSchema.getTypeMap())) {
    if (type.name.startsWith('__')) continue;
    if (isAbstractType(type)) type.resolveType = ({ row }: Placed) => row.__typename;
    if (!isObjectType(type)) continue;
    const root: Placed = { row: { __typename: type.name }, above: undefined };
    for (const field of Object.values(type.getFields()))
      field.resolve = (placed: Placed = root, args: Args) => {
        const around = valueFromAbove(current, `${type.name}.${field.name}`, placed.above);
        return placedBelow(valueOf(current(), placed.row, field.name, { ...args, ...around }), placed);
      };
  }
  return apiSchema;
}

function placedBelow(value: unknown, above: Placed): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => placedBelow(item, above));
  return isRow(value) ? { row: value, above } : value;
}

/** The argument that a field takes from the nearest object above that has it. */
function valueFromAbove(current: CurrentGraph, field: string, above: Placed | undefined): Args {
  const rule = current().contextual?.[field];
  for (let placed = above; rule !== undefined && placed !== undefined; placed = placed.above) {
    const holder = rule.holders.get(placed.row.__typename);
    if (holder !== undefined) return { [rule.argument]: valueOf(current(), placed.row, holder.field, holder.args) };
  }
  return {};
}
