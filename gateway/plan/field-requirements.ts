import { isInterfaceType, isObjectType, Kind, type ConstDirectiveNode, type GraphQLSchema } from 'graphql';
import { flag, join, subgraphNames, text } from './join-directives.ts';
import { parseFieldSet } from './plain/field-sets.ts';

/**
 * By subgraph and coordinate (`Product.volume`), the names of what must be sent along with a field: what the subgraph cannot have by itself,
 * neither through a key nor because a path provides it. Such a field can be asked of entities alone.
 */
export type FieldRequirements = ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>;

/** Reads from a supergraph what fields require. */
export function fieldRequirements(schema: GraphQLSchema): FieldRequirements {
  const names = subgraphNames(schema.getType('join__Graph')?.astNode);
  const available = new Map<string, Set<string>>();
  const external = new Set<string>();
  const requires: { graph: string; type: string; field: string; fields: readonly string[] }[] = [];
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    for (const directive of type.astNode?.directives ?? []) note(directive, 'key');
    for (const { name, astNode } of Object.values(type.getFields()))
      for (const directive of astNode?.directives ?? []) noteField(directive, type.name, name);
  }

  function noteField(directive: ConstDirectiveNode, type: string, field: string): void {
    note(directive, 'provides');
    const [graph, fields] = [text(directive, 'graph'), text(directive, 'requires')];
    if (graph === undefined || join([directive], 'field').length === 0) return;
    if (flag(directive, 'external')) external.add(`${graph} ${type}.${field}`);
    if (fields !== undefined) requires.push({ graph, type, field, fields: topFields(fields) });
  }

  function note(directive: ConstDirectiveNode, argument: string): void {
    const [graph, fields] = [text(directive, 'graph'), text(directive, argument)];
    if (graph === undefined || fields === undefined) return;
    const known = available.get(graph) ?? new Set<string>();
    for (const [name] of fields.matchAll(/[_A-Za-z]\w*/g)) known.add(name);
    available.set(graph, known);
  }

  const found = new Map<string, Map<string, readonly string[]>>();
  for (const { graph, type, field, fields } of requires) {
    const lacking = fields.filter(
      (name) => external.has(`${graph} ${type}.${name}`) && available.get(graph)?.has(name) !== true,
    );
    if (lacking.length === 0) continue;
    const subgraph = names.get(graph) ?? graph;
    found.set(subgraph, (found.get(subgraph) ?? new Map<string, readonly string[]>()).set(`${type}.${field}`, lacking));
  }
  return found;
}

function topFields(fieldSet: string): readonly string[] {
  return parseFieldSet(fieldSet).selections.flatMap((one) => (one.kind === Kind.FIELD ? [one.name.value] : []));
}
