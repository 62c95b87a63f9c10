import { Kind, type GraphQLSchema, type SelectionSetNode } from 'graphql';
import { responseKeyOf } from '../lib/response-key.ts';
import { narrowed, partBelow, renamedField, type PlannedPart } from './planned-parts.ts';
import { createSubgraphTypes } from './subgraph-types.ts';

/** Tells what the parts of a plan bring at a place, by what each subgraph knows. `schema` is the supergraph. */
export function createPlannedFields(schema: GraphQLSchema) {
  const subgraphTypes = createSubgraphTypes(schema);

  /** The object types that may stand where subgraphs gave something. */
  function objectsAt(parts: readonly PlannedPart[]): ReadonlySet<string> {
    const given = parts.filter(({ isGiven, type }) => isGiven && type !== undefined);
    const members = given.map(({ request, type = '' }) => subgraphTypes.members(request.subgraph, type));
    const [first, ...others] = new Set(members);
    return first !== undefined && others.length === 0 ? first : new Set(members.flatMap((some) => [...some]));
  }

  /** What is asked for of an object of a type, by response key, and what is asked for further down. */
  function fieldsOf(parts: readonly PlannedPart[], object: string): ReadonlyMap<string, readonly PlannedPart[]> {
    const fields = new Map<string, PlannedPart[]>();
    const add = (key: string, part: PlannedPart): void => {
      const known = fields.get(key);
      if (known === undefined) fields.set(key, [part]);
      else known.push(part);
    };
    for (const one of parts) {
      const part = narrowed(one, object);
      const next = part?.path[0];
      if (part && next?.kind === 'key') add(next.key, partBelow(part));
      else if (part?.selectionSet && isMember(part, part.type, object))
        collect(part, { object, enclosing: part.type ?? object, selectionSet: part.selectionSet }, add);
    }
    return fields;
  }

  function collect(part: PlannedPart, at: Within, add: (key: string, part: PlannedPart) => void): void {
    const { object, enclosing } = at;
    const { request, path, types } = part;
    for (const one of at.selectionSet.selections) {
      if (one.kind !== Kind.FIELD) {
        const fragment = one.kind === Kind.INLINE_FRAGMENT ? one : request.fragments.get(one.name.value);
        const condition = fragment?.typeCondition?.name.value;
        if (fragment && isMember(part, condition, object))
          collect(part, { object, enclosing: condition ?? enclosing, selectionSet: fragment.selectionSet }, add);
        continue;
      }
      const { selectionSet } = one;
      const { key, below } = renamedField(part.renames, responseKeyOf(one), object);
      const type =
        selectionSet && subgraphTypes.fieldType(request.subgraph, { object, enclosing, name: one.name.value });
      const depth = part.depth + 1;
      add(key, { request, path, types, type, isGiven: true, selectionSet, renames: below, field: one, depth });
    }
  }

  function isMember({ request }: PlannedPart, condition: string | undefined, object: string): boolean {
    return condition === undefined || subgraphTypes.members(request.subgraph, condition).has(object);
  }

  return { objectsAt, fieldsOf };
}

interface Within {
  readonly object: string;
  /** The type on which the selections stand. */
  readonly enclosing: string;
  readonly selectionSet: SelectionSetNode;
}
