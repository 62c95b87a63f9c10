import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLObjectType,
  type GraphQLSchema,
  type InlineFragmentNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { flag, join } from './join-directives.ts';
import type { PlannedOperation } from './plan-in-series.ts';

/** Naming types multiplies selections: what is larger is given up. */
const MAX_SELECTIONS = 2_000;

/**
 * Makes what writes an operation without conditions so that fragments on interfaces and unions are fragments on each of their object
 * types, wherever an interface is meant that a subgraph knows as an object (`@interfaceObject`): planners find no way from such an
 * object to another interface, but to each of its types. It asks for the same of every object. Undefined where nothing changes, or too
 * much would have to be said. `schema` is the supergraph.
 */
export function createObjectTypeNaming(schema: GraphQLSchema) {
  return ({ definition, fragments }: PlannedOperation): PlannedOperation | undefined => {
    const root = schema.getRootType(definition.operation);
    if (root == null) return undefined;
    const naming = new Naming(schema, fragments);
    const selectionSet = naming.setOf(definition.selectionSet, root);
    const isOfUse = naming.hasNamed && !naming.isTooLarge;
    return isOfUse ? { definition: { ...definition, selectionSet }, fragments: new Map() } : undefined;
  };
}

class Naming {
  hasNamed = false;
  readonly #schema: GraphQLSchema;
  readonly #fragments: PlannedOperation['fragments'];
  #selections = 0;

  constructor(schema: GraphQLSchema, fragments: PlannedOperation['fragments']) {
    this.#schema = schema;
    this.#fragments = fragments;
  }

  get isTooLarge(): boolean {
    return this.#selections > MAX_SELECTIONS;
  }

  /** `type` is what is known of the objects. */
  setOf({ selections }: SelectionSetNode, type: GraphQLCompositeType | undefined): SelectionSetNode {
    const named = selections.flatMap((one) => this.#selectionsOf(one, type));
    return { kind: Kind.SELECTION_SET, selections: named.length === 0 ? [TYPENAME] : named };
  }

  #selectionsOf(selection: SelectionNode, type: GraphQLCompositeType | undefined): readonly SelectionNode[] {
    this.#selections += 1;
    if (this.isTooLarge) return [];
    if (selection.kind === Kind.FIELD) return [this.#field(selection, type)];
    const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : this.#fragments.get(selection.name.value);
    if (fragment === undefined) return [];
    const name = fragment.typeCondition?.name.value;
    const condition = name === undefined ? type : this.#typeOf(name);
    if (type === undefined || condition === undefined || condition === type)
      return this.setOf(fragment.selectionSet, type).selections;
    return this.#typesFor(type, condition).flatMap((one) => this.#narrowed(fragment.selectionSet, type, one));
  }

  #field(field: FieldNode, type: GraphQLCompositeType | undefined): FieldNode {
    if (field.selectionSet === undefined) return field;
    const declared = isObjectType(type) || isInterfaceType(type) ? type.getFields()[field.name.value] : undefined;
    const below = declared && getNamedType(declared.type);
    return { ...field, selectionSet: this.setOf(field.selectionSet, isCompositeType(below) ? below : undefined) };
  }

  /** The types of fragments that let through what a condition lets through of the objects of a type. */
  #typesFor(type: GraphQLCompositeType, condition: GraphQLCompositeType): readonly GraphQLCompositeType[] {
    if (!isAbstractType(condition)) return this.#objectsOf(type).includes(condition) ? [condition] : [];
    if (isObjectType(type)) return this.#objectsOf(condition).includes(type) ? [type] : [];
    if (!isKnownAsObject(type) && !isKnownAsObject(condition)) return [condition];
    this.hasNamed = true;
    const possible = this.#objectsOf(condition);
    return this.#objectsOf(type).filter((one) => possible.includes(one));
  }

  #narrowed(
    selectionSet: SelectionSetNode,
    type: GraphQLCompositeType,
    condition: GraphQLCompositeType,
  ): readonly SelectionNode[] {
    const named = this.setOf(selectionSet, condition);
    return condition === type ? named.selections : [fragmentOn(condition.name, named)];
  }

  #objectsOf(type: GraphQLCompositeType): readonly GraphQLObjectType[] {
    return isAbstractType(type) ? this.#schema.getPossibleTypes(type) : [type];
  }

  #typeOf(name: string): GraphQLCompositeType | undefined {
    const type = this.#schema.getType(name);
    return isCompositeType(type) ? type : undefined;
  }
}

/** Whether a subgraph knows an interface as an object. */
function isKnownAsObject({ astNode }: GraphQLCompositeType): boolean {
  return join(astNode?.directives, 'type').some((one) => flag(one, 'isInterfaceObject'));
}

function fragmentOn(name: string, selectionSet: SelectionSetNode): InlineFragmentNode {
  const typeCondition = { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: name } } as const;
  return { kind: Kind.INLINE_FRAGMENT, typeCondition, selectionSet };
}

const TYPENAME: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };
