import {
  Kind,
  parse,
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import type { SubgraphSource } from './made-up-graph.ts';

/** What the directives of a subgraph say of one field. */
export interface FieldFacts {
  readonly parent: string;
  /** Another's: what a key of an extension says of it is no more than that. */
  readonly isExternal: boolean;
  readonly isRequiring: boolean;
  /** Another subgraph has taken the field over with `@override`. */
  readonly isTaken: boolean;
  readonly provides: SelectionSetNode | undefined;
}

export interface TypeFacts {
  readonly fields: ReadonlyMap<string, FieldFacts>;
  /** The keys by which the subgraph finds the entity. */
  readonly keys: readonly SelectionSetNode[];
  /** An interface or a union. */
  readonly isAbstract: boolean;
}

export interface SubgraphFacts {
  readonly typeDefs: DocumentNode;
  readonly types: ReadonlyMap<string, TypeFacts>;
}

const ABSTRACT: readonly string[] = [
  Kind.INTERFACE_TYPE_DEFINITION,
  Kind.INTERFACE_TYPE_EXTENSION,
  Kind.UNION_TYPE_DEFINITION,
  Kind.UNION_TYPE_EXTENSION,
];
const OBJECTS: readonly string[] = [Kind.OBJECT_TYPE_DEFINITION, Kind.OBJECT_TYPE_EXTENSION];

/** Reads from the SDL of a subgraph, and of the others, what it may be asked. */
export function readFederation(subgraphs: readonly SubgraphSource[], name: string): SubgraphFacts {
  const taken = takenFields(subgraphs, name);
  const typeDefs = parse(sdlOf(subgraphs, name));
  const types = new Map<string, TypeFacts>();
  for (const definition of typeDefs.definitions) {
    if (!isComposite(definition)) continue;
    const parent = definition.name.value;
    const keyDirectives = directivesOf(definition, 'key');
    const keyFields = new Set(keyDirectives.flatMap((key) => fieldNames(parseFields(argumentOf(key, 'fields') ?? ''))));
    const told = isExtension(definition) ? keyFields : new Set<string>();
    const fields = new Map(
      fieldsOf(definition).map((field) => [field.name.value, factsOf(field, { parent, told, taken })]),
    );
    const keys = keyDirectives
      .filter((key) => !key.arguments?.some(({ name: { value: argument } }) => argument === 'resolvable'))
      .map((key) => parseFields(argumentOf(key, 'fields') ?? ''));
    types.set(parent, { fields, keys, isAbstract: ABSTRACT.includes(definition.kind) });
  }
  return { typeDefs, types };
}

function factsOf(
  field: FieldDefinitionNode,
  { parent, told, taken }: { parent: string; told: ReadonlySet<string>; taken: ReadonlySet<string> },
): FieldFacts {
  const [provides] = directivesOf(field, 'provides');
  return {
    parent,
    isExternal: directivesOf(field, 'external').length > 0 && !told.has(field.name.value),
    isRequiring: directivesOf(field, 'requires').length > 0,
    isTaken: taken.has(`${parent}.${field.name.value}`),
    provides: provides && parseFields(argumentOf(provides, 'fields') ?? ''),
  };
}

/** The fields of a subgraph that another has taken over for good; where a label decides, either may be asked. */
function takenFields(subgraphs: readonly SubgraphSource[], name: string): ReadonlySet<string> {
  const definitions = subgraphs.flatMap(({ sdl }) => [...parse(sdl).definitions]).filter(isComposite);
  const taken = definitions.flatMap((definition) =>
    fieldsOf(definition)
      .filter((field) => isTakenFrom(name, field))
      .map((field) => `${definition.name.value}.${field.name.value}`),
  );
  return new Set(taken);
}

function isTakenFrom(name: string, field: FieldDefinitionNode): boolean {
  const [override] = directivesOf(field, 'override');
  return override !== undefined && argumentOf(override, 'label') === undefined && argumentOf(override, 'from') === name;
}

function sdlOf(subgraphs: readonly SubgraphSource[], name: string): string {
  const found = subgraphs.find((subgraph) => subgraph.name === name);
  if (found === undefined) throw new Error(`no subgraph ${name}`);
  return found.sdl;
}

interface Composite {
  readonly kind: Kind;
  readonly name: { readonly value: string };
  readonly directives?: readonly ConstDirectiveNode[];
  readonly fields?: readonly FieldDefinitionNode[];
}

function isComposite(definition: DefinitionNode): definition is Composite & DefinitionNode {
  return ABSTRACT.includes(definition.kind) || OBJECTS.includes(definition.kind);
}

function isExtension(definition: Composite): boolean {
  return definition.kind === Kind.OBJECT_TYPE_EXTENSION || directivesOf(definition, 'extends').length > 0;
}

function fieldsOf(definition: Composite): readonly FieldDefinitionNode[] {
  return definition.fields ?? [];
}

function directivesOf(node: { readonly directives?: readonly ConstDirectiveNode[] | undefined }, name: string) {
  return (node.directives ?? []).filter((directive) => directive.name.value === name);
}

function argumentOf(directive: ConstDirectiveNode, name: string): string | undefined {
  const value = directive.arguments?.find((argument) => argument.name.value === name)?.value;
  return value?.kind === Kind.STRING ? value.value : undefined;
}

function fieldNames({ selections }: SelectionSetNode): string[] {
  return selections.flatMap((selection) => (selection.kind === Kind.FIELD ? [selection.name.value] : []));
}

/** Reads the selection set of a `fields` argument. */
function parseFields(fields: string): SelectionSetNode {
  const [definition] = parse(`{ ${fields} }`, { noLocation: true }).definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error(`no selection set: ${fields}`);
  return definition.selectionSet;
}
