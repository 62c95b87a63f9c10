import {
  getNamedType,
  isInterfaceType,
  isObjectType,
  Kind,
  parse,
  type ConstDirectiveNode,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql';
import type { CompiledPlan, FetchNode, PlanNode } from './compiled-plan.ts';
import { rootsOf } from './map-plan.ts';
import { createParseOnce, type ParseDocument } from './parse-once.ts';

/** By subgraph: the fields (`Product.volume`) along with which something must be sent; they can be asked of entities alone. */
type Requirements = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * Makes the check of a plan: it throws when a field is asked for before what it requires is there, as the subgraph would make
 * something up from nothing. One planner does that where a subgraph reaches an entity by itself. `schema` is the supergraph.
 */
export function createRequirementsCheck(schema: GraphQLSchema): (plan: CompiledPlan, parsed?: ParseDocument) => void {
  const requirements = requirementsOf(schema);

  const check = (node: PlanNode | undefined, parsed: ParseDocument): void => {
    if (node === undefined) return;
    if (node.kind === 'fetch') checkFetch(node, parsed);
    else for (const one of node.kind === 'condition' ? [node.ifTrue, node.ifFalse] : node.nodes) check(one, parsed);
  };

  function checkFetch({ document, subgraph, target }: FetchNode, parsed: ParseDocument): void {
    const requiring = requirements.get(subgraph);
    if (requiring === undefined) return;
    for (const definition of parsed(document).definitions) {
      if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
      const root = schema.getRootType(definition.operation)?.name;
      for (const { selectionSet } of target.kind === 'root' ? [definition] : entitiesOf(definition.selectionSet))
        walk(selectionSet, { subgraph, requiring, type: root, isRepresented: target.kind === 'entities' });
    }
  }

  function walk({ selections }: SelectionSetNode, place: Place): void {
    const type = place.type === undefined ? undefined : schema.getType(place.type);
    for (const selection of selections) {
      if (selection.kind === Kind.INLINE_FRAGMENT)
        walk(selection.selectionSet, { ...place, type: selection.typeCondition?.name.value ?? place.type });
      if (selection.kind !== Kind.FIELD) continue;
      const name = selection.name.value;
      if (!place.isRepresented && place.requiring.has(`${place.type ?? ''}.${name}`))
        throw new Error(`the plan asks "${place.subgraph}" for ${place.type ?? ''}.${name} before what it requires`);
      const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
      if (selection.selectionSet && field)
        walk(selection.selectionSet, { ...place, type: getNamedType(field.type).name, isRepresented: false });
    }
  }

  return (plan, parsed = createParseOnce()) => rootsOf(plan).forEach((root) => check(root, parsed));
}

interface Place {
  readonly subgraph: string;
  readonly requiring: ReadonlySet<string>;
  readonly type: string | undefined;
  /** Whether the subgraph was sent a representation of the object. */
  readonly isRepresented: boolean;
}

function entitiesOf({ selections }: SelectionSetNode): readonly { readonly selectionSet: SelectionSetNode }[] {
  return selections.flatMap((one) =>
    one.kind === Kind.FIELD && one.selectionSet ? [{ selectionSet: one.selectionSet }] : [],
  );
}

/** The fields that require what their subgraph cannot have by itself: neither through a key nor because a path provides it. */
function requirementsOf(schema: GraphQLSchema): Requirements {
  const names = subgraphNames(schema);
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
    const [graph, fields] = [textOf(directive, 'graph'), textOf(directive, 'requires')];
    if (graph === undefined || directive.name.value !== 'join__field') return;
    if (isExternal(directive)) external.add(`${graph} ${type}.${field}`);
    if (fields !== undefined) requires.push({ graph, type, field, fields: topFields(fields) });
  }

  function note(directive: ConstDirectiveNode, argument: string): void {
    const [graph, fields] = [textOf(directive, 'graph'), textOf(directive, argument)];
    if (graph === undefined || fields === undefined) return;
    const known = available.get(graph) ?? new Set<string>();
    for (const [name] of fields.matchAll(/[_A-Za-z]\w*/g)) known.add(name);
    available.set(graph, known);
  }

  const lacking = requires.filter(({ graph, type, fields }) =>
    fields.some((name) => external.has(`${graph} ${type}.${name}`) && available.get(graph)?.has(name) !== true),
  );
  const found = new Map<string, Set<string>>();
  for (const { graph, type, field } of lacking) {
    const subgraph = names.get(graph) ?? graph;
    found.set(subgraph, (found.get(subgraph) ?? new Set()).add(`${type}.${field}`));
  }
  return found;
}

function topFields(fieldSet: string): readonly string[] {
  const [operation] = parse(`{ ${fieldSet} }`, { noLocation: true }).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) return [];
  return operation.selectionSet.selections.flatMap((one) => (one.kind === Kind.FIELD ? [one.name.value] : []));
}

function subgraphNames(schema: GraphQLSchema): ReadonlyMap<string, string> {
  const values = schema.getType('join__Graph')?.astNode;
  if (values?.kind !== Kind.ENUM_TYPE_DEFINITION) return new Map();
  return new Map(
    values.values?.map(({ name, directives }) => {
      const graph = directives?.find((one) => one.name.value === 'join__graph');
      return [name.value, (graph && textOf(graph, 'name')) ?? name.value];
    }),
  );
}

function isExternal({ arguments: given }: ConstDirectiveNode): boolean {
  return (given ?? []).some(
    ({ name, value }) => name.value === 'external' && value.kind === Kind.BOOLEAN && value.value,
  );
}

function textOf(directive: ConstDirectiveNode, argument: string): string | undefined {
  const value = directive.arguments?.find(({ name }) => name.value === argument)?.value;
  return value?.kind === Kind.STRING || value?.kind === Kind.ENUM ? value.value : undefined;
}
