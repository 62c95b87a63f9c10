import { createHash } from 'node:crypto';
import {
  isCompositeType,
  isInterfaceType,
  Kind,
  parse,
  print,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type ArgumentNode,
  type ConstDirectiveNode,
  type DirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type FieldNode,
  type GraphQLSchema,
  type InterfaceTypeDefinitionNode,
  type ObjectTypeDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

/** A field with the arguments that some `@requires` asks for it with. */
export interface RequiredField {
  readonly name: string;
  readonly arguments: readonly ArgumentNode[];
}

/** A supergraph for a planner, in which each field that is required with arguments stands once more, as a field of its own. */
export interface SeparatedSupergraph {
  readonly sdl: string;
  /** What the added fields stand for, by their names. */
  readonly requiredFields: ReadonlyMap<string, RequiredField>;
  /** By the names of fields: the added fields that they require. */
  readonly requirements: ReadonlyMap<string, ReadonlySet<string>>;
}

/**
 * Planners keep one value of a field for each place: where a `@requires` gives the field arguments and the client, or another
 * `@requires`, gives it others, one gets what the other asked for. So `@requires(fields: "weight(unit: KILO)")` becomes
 * `@requires(fields: "_weight_3c…")`, of a field without arguments that whoever has `weight` has too. `schema` is the supergraph.
 */
export function separateRequirements(sdl: string, schema: GraphQLSchema): SeparatedSupergraph {
  const requiredFields = new Map<string, RequiredField>();
  const requirements = new Map<string, Set<string>>();
  /** By type: the field that is copied, and the copy's name. */
  const copies = new Map<string, Map<string, string>>();

  function separated(typeName: string, requirer: string, fieldSet: string): string {
    const type = schema.getType(typeName);
    if (!fieldSet.includes('(') || !isCompositeType(type)) return fieldSet;
    const typeInfo = new TypeInfo(schema, type);
    const leave = (field: FieldNode): FieldNode | undefined => {
      const parent = typeInfo.getParentType();
      const { arguments: given = [], ...bare } = field;
      if (parent == null || given.length === 0) return undefined;
      const copy = nameOf(field.name.value, given);
      requirements.set(requirer, (requirements.get(requirer) ?? new Set<string>()).add(copy));
      requiredFields.set(copy, { name: field.name.value, arguments: given });
      for (const name of withImplementers(schema, parent.name))
        copies.set(name, (copies.get(name) ?? new Map<string, string>()).set(copy, field.name.value));
      return { ...bare, name: { kind: Kind.NAME, value: copy } };
    };
    const selections = visit(selectionsOf(fieldSet), visitWithTypeInfo(typeInfo, { [Kind.FIELD]: { leave } }));
    return print(selections).slice(1, -1).replaceAll(/\s+/g, ' ').trim();
  }

  const rewritten = visit(parse(sdl, { noLocation: true }), {
    enter: (node) => {
      if (node.kind !== Kind.OBJECT_TYPE_DEFINITION && node.kind !== Kind.INTERFACE_TYPE_DEFINITION) return undefined;
      const fields = node.fields?.map((field) =>
        withRequires(field, (text) => separated(node.name.value, field.name.value, text)),
      );
      return { ...node, fields };
    },
  });
  if (requiredFields.size === 0) return { sdl, requiredFields, requirements };
  const uses = usesByGraph(rewritten);
  const complete = visit(rewritten, {
    enter: (node) => {
      if (node.kind !== Kind.OBJECT_TYPE_DEFINITION && node.kind !== Kind.INTERFACE_TYPE_DEFINITION) return undefined;
      const copiesHere = copies.get(node.name.value) ?? new Map<string, string>();
      const added = [...copiesHere].flatMap(([copy, name]) => copyOf(node.fields, name, copy));
      const copied = new Set(copiesHere.values());
      const fields = [...(node.fields ?? []), ...added].map((field) =>
        copied.has(field.name.value) || copiesHere.has(field.name.value)
          ? withoutUnusedExternals(field, (graph) => isUsed(node, field, graph))
          : field,
      );
      return { ...node, fields };
    },
  });
  return { sdl: print(complete), requiredFields, requirements };

  /** A subgraph may declare a field external that it needs, or that an interface wants of it, and no other. */
  function isUsed(type: TypeNode, field: FieldDefinitionNode, graph: string): boolean {
    if (uses.get(graph)?.has(field.name.value) === true) return true;
    return (type.directives ?? []).some((directive) => {
      if (directive.name.value !== 'join__implements' || textOf(directive, 'graph') !== graph) return false;
      const implemented = schema.getType(textOf(directive, 'interface') ?? '');
      return isInterfaceType(implemented) && implemented.getFields()[field.name.value] !== undefined;
    });
  }
}

function withImplementers(schema: GraphQLSchema, name: string): readonly string[] {
  const type = schema.getType(name);
  if (!isInterfaceType(type)) return [name];
  const { objects, interfaces } = schema.getImplementations(type);
  return [name, ...objects.map((one) => one.name), ...interfaces.map((one) => one.name)];
}

type TypeNode = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode;

/** By subgraph: every name in its sets of fields. */
function usesByGraph(document: DocumentNode): ReadonlyMap<string, ReadonlySet<string>> {
  const uses = new Map<string, Set<string>>();
  const note = (directive: DirectiveNode): void => {
    const graph = textOf(directive, 'graph');
    if (graph === undefined) return;
    const sets = ['requires', 'provides', 'key'].map((name) => textOf(directive, name) ?? '').join(' ');
    const known = uses.get(graph) ?? new Set<string>();
    for (const [name] of sets.matchAll(/[_A-Za-z]\w*/g)) known.add(name);
    uses.set(graph, known);
  };
  visit(document, { [Kind.DIRECTIVE]: note });
  return uses;
}

function textOf(directive: DirectiveNode, argument: string): string | undefined {
  const value = directive.arguments?.find(({ name }) => name.value === argument)?.value;
  return value?.kind === Kind.STRING || value?.kind === Kind.ENUM ? value.value : undefined;
}

function withoutUnusedExternals(field: FieldDefinitionNode, isUsed: (graph: string) => boolean): FieldDefinitionNode {
  const directives = field.directives?.filter((directive) => {
    const isExternal = directive.arguments?.some(
      ({ name, value }) => name.value === 'external' && value.kind === Kind.BOOLEAN && value.value,
    );
    return isExternal !== true || isUsed(textOf(directive, 'graph') ?? '');
  });
  return { ...field, ...(directives && { directives }) };
}

function nameOf(field: string, given: readonly ArgumentNode[]): string {
  const text = given.map((argument) => print(argument)).sort();
  return `_${field}_${createHash('sha256').update(JSON.stringify(text)).digest('hex').slice(0, 12)}_required`;
}

function selectionsOf(fieldSet: string): SelectionSetNode {
  const [operation] = parse(`{ ${fieldSet} }`, { noLocation: true }).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error(`not a set of fields: ${fieldSet}`);
  return operation.selectionSet;
}

function withRequires(field: FieldDefinitionNode, change: (fieldSet: string) => string): FieldDefinitionNode {
  const directives = field.directives?.map((directive): ConstDirectiveNode => {
    if (directive.name.value !== 'join__field') return directive;
    const given = directive.arguments?.map((argument) =>
      argument.name.value === 'requires' && argument.value.kind === Kind.STRING
        ? { ...argument, value: { kind: Kind.STRING, value: change(argument.value.value) } as const }
        : argument,
    );
    return { ...directive, ...(given && { arguments: given }) };
  });
  return { ...field, ...(directives && { directives }) };
}

function copyOf(
  fields: readonly FieldDefinitionNode[] | undefined,
  name: string,
  copy: string,
): readonly FieldDefinitionNode[] {
  const field = fields?.find((one) => one.name.value === name);
  return field === undefined ? [] : [{ ...field, name: { kind: Kind.NAME, value: copy }, arguments: [] }];
}
