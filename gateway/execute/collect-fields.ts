import {
  isAbstractType,
  isCompositeType,
  isObjectType,
  Kind,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLObjectType,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql';
import { isTaken } from '../lib/conditional-selection.ts';
import { responseKeyOf } from '../lib/response-key.ts';

/** What selections are read against. */
export interface SelectionContext {
  /** The API schema: what it lacks, no client gets. */
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** Under which key of the tree a field's value stands. */
  readonly sourceKey: (field: FieldNode) => string;
  /** The values of the variables in `@skip` and `@include`. */
  readonly conditions: Readonly<Record<string, unknown>>;
}

/** The nodes of each response key, in the order of the request. */
export type FieldGroups = ReadonlyMap<string, readonly FieldNode[]>;

/**
 * Collects the fields that an object of this type has in the answer (GraphQL specification, section 6.3.2). `type` is abstract
 * where no more is known of the object; the result is undefined when that is too little: `__typename` is asked, or a fragment
 * applies to some of the type's objects only.
 */
export function collectFields(
  context: SelectionContext,
  type: GraphQLCompositeType,
  selectionSets: readonly SelectionSetNode[],
): FieldGroups | undefined {
  const groups = new Map<string, FieldNode[]>();
  const visited = new Set<string>();
  let isDecided = true as boolean;

  function collect({ selections }: SelectionSetNode): void {
    for (const selection of selections) {
      if (!isTaken(selection, context.conditions)) continue;
      if (selection.kind === Kind.FIELD) collectField(selection);
      else if (selection.kind === Kind.INLINE_FRAGMENT)
        collectFragment(selection.typeCondition?.name.value, selection.selectionSet);
      else collectSpread(selection.name.value);
    }
  }

  function collectField(node: FieldNode): void {
    if (node.name.value === '__typename' && !isObjectType(type)) isDecided = false;
    const key = responseKeyOf(node);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [node]);
    else group.push(node);
  }

  function collectSpread(name: string): void {
    const fragment = context.fragments.get(name);
    if (fragment === undefined || visited.has(name)) return;
    visited.add(name);
    collectFragment(fragment.typeCondition.name.value, fragment.selectionSet);
  }

  function collectFragment(condition: string | undefined, selectionSet: SelectionSetNode): void {
    const verdict = condition === undefined ? 'applies' : appliesTo(context.schema, condition, type);
    if (verdict === 'applies') collect(selectionSet);
    else if (verdict === 'depends') isDecided = false;
  }

  selectionSets.forEach(collect);
  return isDecided ? groups : undefined;
}

/** Whether a fragment applies to the objects of a type: to all, to none, or to some. */
function appliesTo(
  schema: GraphQLSchema,
  condition: string,
  type: GraphQLCompositeType,
): 'applies' | 'does not' | 'depends' {
  if (condition === type.name) return 'applies';
  const conditionType = schema.getType(condition);
  if (!isCompositeType(conditionType)) return 'does not';
  if (isObjectType(type))
    return isAbstractType(conditionType) && schema.isSubType(conditionType, type) ? 'applies' : 'does not';
  const possible = schema.getPossibleTypes(type);
  const matching = possible.filter((one) => isOf(schema, conditionType, one));
  if (matching.length === possible.length) return 'applies';
  return matching.length === 0 ? 'does not' : 'depends';
}

function isOf(schema: GraphQLSchema, condition: GraphQLCompositeType, type: GraphQLObjectType): boolean {
  return isAbstractType(condition) ? schema.isSubType(condition, type) : condition === type;
}
