import {
  isAbstractType,
  Kind,
  visit,
  type ArgumentNode,
  type DirectiveNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  type InlineFragmentNode,
  type NamedTypeNode,
  type NameNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { PlaceStep } from '../deferral.ts';
import { DEFER_DIRECTIVE } from '../lib/defer-directive.ts';

export function selectionSetOf(selections: readonly SelectionNode[]): SelectionSetNode {
  return { kind: Kind.SELECTION_SET, selections };
}

/** An inline fragment without directives; on a type, where one is given. */
export function inlineFragment(type: string | undefined, selections: readonly SelectionNode[]): InlineFragmentNode {
  const selectionSet = selectionSetOf(selections);
  if (type === undefined) return { kind: Kind.INLINE_FRAGMENT, selectionSet };
  const typeCondition: NamedTypeNode = { kind: Kind.NAMED_TYPE, name: nameNode(type) };
  return { kind: Kind.INLINE_FRAGMENT, typeCondition, selectionSet };
}

/** A fragment that planners are to defer. */
export function deferredAs(label: string, fragment: InlineFragmentNode): InlineFragmentNode {
  const argument: ArgumentNode = {
    kind: Kind.ARGUMENT,
    name: nameNode('label'),
    value: { kind: Kind.STRING, value: label },
  };
  const directive: DirectiveNode = {
    kind: Kind.DIRECTIVE,
    name: nameNode(DEFER_DIRECTIVE.name),
    arguments: [argument],
  };
  return { ...fragment, directives: [directive] };
}

/** A field whose `@skip` and `@include` have been looked at. */
export function withoutConditions(field: FieldNode): FieldNode {
  const { directives = [] } = field;
  if (directives.length === 0) return field;
  return { ...field, directives: directives.filter(({ name }) => name.value !== 'skip' && name.value !== 'include') };
}

/** What a type condition leaves of the objects at a place: nothing is said where it leaves all of them. */
export function typeStep(
  schema: GraphQLSchema,
  type: GraphQLCompositeType,
  condition: GraphQLCompositeType,
): readonly PlaceStep[] {
  const types = objectTypes(schema, condition);
  const isSaid = [...objectTypes(schema, type)].every((name) => types.has(name));
  return isSaid ? [] : [{ kind: 'type', types }];
}

/** Whether a selection set holds a field by which the schema is introspected. */
export function asksTheSchema(
  selectionSet: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): boolean {
  let isAsked = false;
  const seen = new Set<string>();
  const search = (within: SelectionSetNode): void => {
    visit(within, {
      [Kind.FIELD]: ({ name }) => void (isAsked ||= name.value === '__schema' || name.value === '__type'),
      [Kind.FRAGMENT_SPREAD]: ({ name }) => {
        const fragment = fragments.get(name.value);
        if (fragment === undefined || seen.has(name.value)) return;
        seen.add(name.value);
        search(fragment.selectionSet);
      },
    });
  };
  search(selectionSet);
  return isAsked;
}

function objectTypes(schema: GraphQLSchema, type: GraphQLCompositeType): ReadonlySet<string> {
  return new Set(isAbstractType(type) ? schema.getPossibleTypes(type).map(({ name }) => name) : [type.name]);
}

function nameNode(value: string): NameNode {
  return { kind: Kind.NAME, value };
}
