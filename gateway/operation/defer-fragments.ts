import {
  getDirectiveValues,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  type FieldNode,
  type FragmentSpreadNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  type InlineFragmentNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Operation } from '../context.ts';
import type { Deferral, DeferredFragment, PlaceStep } from '../deferral.ts';
import { isTaken } from '../lib/conditional-selection.ts';
import { DEFER_DIRECTIVE } from '../lib/defer-directive.ts';
import { deferredField } from '../lib/deferred-field.ts';
import { responseKeyOf } from '../lib/response-key.ts';
import { treeKey } from '../lib/tree-key.ts';
import {
  asksTheSchema,
  deferredAs,
  inlineFragment,
  selectionSetOf,
  typeStep,
  withoutConditions,
} from './deferred-selections.ts';
import { unusedPrefix } from './unused-prefix.ts';

/** Each is a part of the answer with work of its own: what is beyond comes with what it stands in. */
const MAX_FRAGMENTS = 50;

/** Where a selection stands. */
interface Scope {
  /** The deferred fragment around it. */
  readonly fragment: string | undefined;
  /** What the schema says of the objects, and what type conditions say. */
  readonly declared: GraphQLCompositeType;
  readonly type: GraphQLCompositeType;
  /** The way from the objects of that fragment. */
  readonly place: readonly PlaceStep[];
}

/** What is planned of a selection set, and what of it the client gets at once with what it stands in. */
interface Pieces {
  readonly planned: SelectionNode[];
  readonly own: SelectionNode[];
}

type Spread = InlineFragmentNode | FragmentSpreadNode;

type Asked = Pick<Operation, 'definition' | 'fragments' | 'variables'>;

/**
 * Takes an operation apart at its deferred fragments: of a valid document, with Booleans for all its conditions. Undefined where none
 * is deferred. What asks of the schema itself never is: the gateway has it at once.
 */
export function deferFragments(schema: GraphQLSchema, asked: Asked): Omit<Deferral, 'key'> | undefined {
  const { definition } = asked;
  const root = schema.getRootType(definition.operation);
  if (root == null) return undefined;
  const walk = new Walk(schema, asked);
  const scope: Scope = { fragment: undefined, declared: root, type: root, place: [] };
  const { planned, own } = walk.piecesOf(definition.selectionSet, scope);
  if (walk.found.length === 0) return undefined;
  return {
    planned: { ...definition, selectionSet: selectionSetOf(planned) },
    first: { ...definition, selectionSet: selectionSetOf(own) },
    fragments: walk.found,
    clientKeys: walk.clientKeys,
  };
}

class Walk {
  readonly found: DeferredFragment[] = [];
  readonly clientKeys = new Map<string, string>();
  readonly #schema: GraphQLSchema;
  readonly #asked: Asked;
  readonly #idPrefix: string;

  constructor(schema: GraphQLSchema, asked: Asked) {
    this.#schema = schema;
    this.#asked = asked;
    this.#idPrefix = unusedPrefix(asked);
  }

  piecesOf({ selections }: SelectionSetNode, scope: Scope): Pieces {
    const pieces: Pieces = { planned: [], own: [] };
    for (const selection of selections) {
      if (!isTaken(selection, this.#asked.variables)) continue;
      if (selection.kind === Kind.FIELD) this.#addField(withoutConditions(selection), scope, pieces);
      else this.#addFragment(selection, scope, pieces);
    }
    return pieces;
  }

  #addField(field: FieldNode, scope: Scope, { planned, own }: Pieces): void {
    const clientKey = responseKeyOf(field);
    const aliased = scope.fragment === undefined ? field : deferredField(field, scope.fragment);
    const key = treeKey(aliased);
    if (key !== clientKey && key !== '__typename') this.clientKeys.set(key, clientKey);
    const type = typeOf(field, scope.type);
    if (field.selectionSet === undefined || type === undefined) {
      planned.push(aliased);
      own.push(field);
      return;
    }
    const place = [...scope.place, { kind: 'field', clientKey, treeKey: key } as const];
    const inner = this.piecesOf(field.selectionSet, { ...scope, declared: type, type, place });
    // Where everything is skipped, the object is there all the same; a text without any selection would not be one of an object.
    const asked = inner.planned.length === 0 ? [TYPENAME] : inner.planned;
    planned.push({ ...aliased, selectionSet: selectionSetOf(asked) });
    own.push({ ...field, selectionSet: selectionSetOf(inner.own) });
  }

  #addFragment(spread: Spread, scope: Scope, pieces: Pieces): void {
    const fragment = spread.kind === Kind.INLINE_FRAGMENT ? spread : this.#asked.fragments.get(spread.name.value);
    if (fragment === undefined) return;
    const { typeCondition, selectionSet } = fragment;
    const condition = typeCondition && this.#schema.getType(typeCondition.name.value);
    const type = isCompositeType(condition) ? condition : scope.type;
    const inside = { ...scope, type, place: [...scope.place, ...typeStep(this.#schema, scope.type, type)] };
    const deferred = this.#isDeferred(spread, selectionSet, type)
      ? this.#deferredPieces(spread, selectionSet, inside)
      : undefined;
    const { planned, own } = deferred ?? this.piecesOf(selectionSet, inside);
    if (planned.length === 0) return;
    const named = type === scope.type ? undefined : type.name;
    const fragmentAsPlanned = inlineFragment(named, planned);
    pieces.planned.push(deferred === undefined ? fragmentAsPlanned : deferredAs(deferred.id, fragmentAsPlanned));
    if (deferred === undefined) pieces.own.push(inlineFragment(named, own));
  }

  #isDeferred(spread: Spread, selectionSet: SelectionSetNode, type: GraphQLCompositeType): boolean {
    const directive = getDirectiveValues(DEFER_DIRECTIVE, spread, this.#asked.variables);
    if (directive?.['if'] !== true || this.found.length >= MAX_FRAGMENTS) return false;
    return type !== this.#schema.getQueryType() || !asksTheSchema(selectionSet, this.#asked.fragments);
  }

  #deferredPieces(
    spread: Spread,
    selectionSet: SelectionSetNode,
    { declared, type, place, fragment: parent }: Scope,
  ): Pieces & { readonly id: string } {
    const index = this.found.length;
    const id = `${this.#idPrefix}${index}`;
    const givenLabel = getDirectiveValues(DEFER_DIRECTIVE, spread, this.#asked.variables)?.['label'];
    const label = typeof givenLabel === 'string' ? givenLabel : undefined;
    const entry = { id, label, parent, place, type: declared.name };
    this.found.push({ ...entry, selectionSet });
    const pieces = this.piecesOf(selectionSet, { fragment: id, declared, type, place: [] });
    if (pieces.planned.length === 0) this.found.length = index;
    else this.found[index] = { ...entry, selectionSet: selectionSetOf([inlineFragment(type.name, pieces.own)]) };
    return { ...pieces, id };
  }
}

const TYPENAME: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

function typeOf({ name }: FieldNode, parent: GraphQLCompositeType): GraphQLCompositeType | undefined {
  const field = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name.value] : undefined;
  const type = field && getNamedType(field.type);
  return isCompositeType(type) ? type : undefined;
}
