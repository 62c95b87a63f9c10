import type { Random } from '../generate/create-random.ts';

/** A federated graph that was made up at random, before it is written down as schemas and filled with rows. */
export interface InventedGraph {
  readonly subgraphs: readonly string[];
  /** The subgraph that is written as Federation 1 has it, if it uses nothing that came later. */
  readonly old: string | undefined;
  readonly types: readonly InventedType[];
  /** The interface of the entities; undefined where there is none. */
  readonly animal: InventedInterface | undefined;
  /** An interface that the one of the entities implements, and others too; undefined where there is none. */
  readonly being: InventedGroup | undefined;
  /** The union of anything; undefined where there is none. */
  readonly thing: InventedGroup | undefined;
  readonly roots: readonly InventedRoot[];
  /** Fields of the mutation type: each changes all texts of the objects that it may give. */
  readonly mutations: readonly InventedRoot[];
  readonly context: InventedContext | undefined;
}

/** The types of a graph. */
export type InventedTypes = Pick<InventedGraph, 'types' | 'animal' | 'being' | 'thing'>;

/** An object type: an entity where it has keys. */
export interface InventedType {
  readonly name: string;
  /** Who knows it. */
  readonly subgraphs: readonly string[];
  readonly fields: InventedField[];
  /** By subgraph, what it knows the entity by. */
  readonly keys: ReadonlyMap<string, readonly InventedKey[]>;
}

export interface InventedKey {
  /** All of them together. */
  readonly fields: readonly string[];
  readonly isResolvable: boolean;
  /** Whether the subgraph is told it by others, and cannot tell it. */
  readonly isExternal: boolean;
}

export interface InventedField {
  readonly name: string;
  /** The name of its type: a scalar, or another type of the graph. */
  readonly type: string;
  readonly isList: boolean;
  readonly isNonNull: boolean;
  readonly isKey: boolean;
  readonly hasArgument: boolean;
  /** Who gives it. */
  readonly owners: readonly string[];
  /** Who names it though it is another's. */
  readonly externalIn: Set<string>;
  /** The subgraph that has it no more, as an owner took it over. */
  readonly takenFrom: string | undefined;
  /** Where it is taken over for some requests only: for which. */
  readonly takenFor: string | undefined;
  /** Whether no client may see it. */
  readonly isHidden: boolean;
  /** The ways to what its owner has to be sent. */
  readonly requires: readonly InventedWay[];
  /** What its owner gives along with the objects, though it is another's: the text of a selection. */
  readonly provides: string | undefined;
  /** Owners who say more of what it gives: the object type by its name. */
  readonly typeIn: ReadonlyMap<string, string>;
  /** Owners who say that it is never null, which it is not then. */
  readonly nonNullIn: ReadonlySet<string>;
}

/** Fields, from one object to the next; the last one is asked for with `REQUIRED_BY` where it takes an argument. */
export type InventedWay = readonly InventedStep[];

export interface InventedStep {
  readonly field: InventedField;
  /** The objects of which it is required, where others may stand beside them. */
  readonly of: string | undefined;
}

export interface InventedInterface {
  readonly name: 'Animal';
  readonly members: readonly string[];
  /** By subgraph that has it as an interface, the objects of it there. */
  readonly membersIn: ReadonlyMap<string, readonly string[]>;
  /** What it says of its members, who may say more. */
  readonly fields: readonly InventedField[];
  /** By subgraph that has it as an interface, what it says there. */
  readonly fieldsIn: ReadonlyMap<string, readonly InventedField[]>;
  /** Who knows it as an object. */
  readonly objectIn: readonly string[];
  /** What is known there. */
  readonly added: InventedField[];
}

/** Types that stand for each other, by the subgraph that has them so. */
export interface InventedGroup {
  readonly name: 'Thing' | 'Being';
  readonly membersIn: ReadonlyMap<string, readonly string[]>;
}

/** A value that an entity's field `scope` takes from the nearest object above, in one subgraph. */
export interface InventedContext {
  readonly subgraph: string;
  readonly taker: string;
  /** What the field requires besides: nothing, or one way. */
  readonly requires: readonly InventedWay[];
  /** By type that gives the value, the field with it, which is asked for with `REQUIRED_BY` where it takes an argument; the root is one of them. */
  readonly holders: ReadonlyMap<string, Pick<InventedField, 'name' | 'hasArgument'>>;
}

export interface InventedRoot {
  readonly field: InventedField;
  readonly kind: 'one' | 'some' | 'all';
}

export const SCALARS: readonly string[] = ['Int', 'String', 'Boolean'];

/** The argument with which fields are required. */
export const REQUIRED_BY = 5;

/** A field of which nothing is special. */
export function plainField(
  about: Pick<InventedField, 'name' | 'type' | 'owners'> & Partial<InventedField>,
): InventedField {
  return {
    isList: false,
    isNonNull: false,
    isKey: false,
    hasArgument: false,
    externalIn: new Set(),
    takenFrom: undefined,
    takenFor: undefined,
    isHidden: false,
    requires: [],
    provides: undefined,
    typeIn: new Map(),
    nonNullIn: new Set(),
    ...about,
  };
}

/** The object types that may stand where owners of a field name its type. */
export function membersOf(
  graph: InventedTypes,
  { type, owners, typeIn }: Pick<InventedField, 'type' | 'owners' | 'typeIn'>,
): readonly string[] {
  const [first = [], ...others] = owners.map((owner) => membersIn(graph, owner, typeIn.get(owner) ?? type));
  return first.filter((one) => others.every((those) => those.includes(one)));
}

/** The object types that a subgraph knows as being of a type. */
export function membersIn({ animal, being, thing }: InventedTypes, subgraph: string, name: string): readonly string[] {
  const group = [animal, being, thing].find((one) => one?.name === name);
  if (group === undefined) return [name];
  return group.name === 'Animal' && group.objectIn.includes(subgraph)
    ? group.members
    : (group.membersIn.get(subgraph) ?? []);
}

/** The types that a subgraph can name. */
export function knownBy({ types, animal, being, thing }: InventedTypes, subgraph: string): readonly string[] {
  return [
    ...types.filter(({ subgraphs }) => subgraphs.includes(subgraph)).map(({ name }) => name),
    ...[animal, being, thing].flatMap((group) => (group?.membersIn.has(subgraph) === true ? [group.name] : [])),
    ...(animal?.objectIn.includes(subgraph) === true ? [animal.name] : []),
  ];
}

/** Some of what there is, and at least one. */
export function someOf<Item>(random: Random, items: readonly Item[], chance: number): readonly Item[] {
  const chosen = items.filter(() => random.chance(chance));
  return chosen.length > 0 ? chosen : [random.pick(items)];
}
