import { isLeafType, isListType, isNonNullType, type GraphQLOutputType } from 'graphql';

/** What one response key stands for, so far, at one place of the result. */
interface Entry {
  readonly shape: string;
  readonly uses: { readonly parent: string; readonly isObject: boolean; readonly call: string }[];
  readonly children: SelectionScope;
}

/** The response keys at one place of the result, over all selection sets that are merged there. */
export type SelectionScope = Map<string, Entry>;

/** One field as it would stand under a response key. */
export interface FieldUse {
  readonly parent: string;
  readonly isObject: boolean;
  /** The field's name with its arguments as written. */
  readonly call: string;
  readonly type: GraphQLOutputType;
}

/** Makes an empty scope. */
export function newScope(): SelectionScope {
  return new Map();
}

/**
 * Tells whether the field may stand under the response key: fields that can meet in one object must be the same call, and all
 * must have one shape (GraphQL specification, section 5.3.2, and a little stricter below fields that cannot meet).
 */
export function admits(scope: SelectionScope, key: string, use: FieldUse): boolean {
  const entry = scope.get(key);
  if (entry === undefined) return true;
  if (entry.shape !== shapeOf(use.type)) return false;
  return entry.uses.every(
    ({ parent, isObject, call }) => call === use.call || (isObject && use.isObject && parent !== use.parent),
  );
}

/** Puts the field under the key; gives the scope of what is selected below it. */
export function enter(scope: SelectionScope, key: string, use: FieldUse): SelectionScope {
  const entry = scope.get(key) ?? { shape: shapeOf(use.type), uses: [], children: newScope() };
  entry.uses.push(use);
  scope.set(key, entry);
  return entry.children;
}

/** Tells whether everything in a scope may be merged into another. */
export function admitsAll(scope: SelectionScope, other: SelectionScope): boolean {
  for (const [key, { shape, uses, children }] of other) {
    const entry = scope.get(key);
    if (entry === undefined) continue;
    if (entry.shape !== shape) return false;
    for (const use of uses)
      if (
        !entry.uses.every(
          (known) => known.call === use.call || (known.isObject && use.isObject && known.parent !== use.parent),
        )
      )
        return false;
    if (!admitsAll(entry.children, children)) return false;
  }
  return true;
}

/** Merges a scope into another. */
export function enterAll(scope: SelectionScope, other: SelectionScope): void {
  for (const [key, { shape, uses, children }] of other) {
    const entry = scope.get(key) ?? { shape, uses: [], children: newScope() };
    entry.uses.push(...uses);
    scope.set(key, entry);
    enterAll(entry.children, children);
  }
}

function shapeOf(type: GraphQLOutputType): string {
  if (isNonNullType(type)) return `${shapeOf(type.ofType as GraphQLOutputType)}!`;
  if (isListType(type)) return `[${shapeOf(type.ofType)}]`;
  return isLeafType(type) ? type.name : '{}';
}
