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
  /** The field that its owner gives along with the objects, though it is another's. */
  readonly provides: string | undefined;
}

/** Fields, from one object to the next; the last one is asked for with `REQUIRED_BY` where it takes an argument. */
export type InventedWay = readonly InventedField[];

export interface InventedInterface {
  readonly name: 'Animal';
  readonly members: readonly string[];
  /** Who has it as an interface. */
  readonly subgraphs: readonly string[];
  /** What it says of its members, who may say more. */
  readonly fields: readonly InventedField[];
  /** Who knows it as an object, and what is known there. */
  readonly objectIn: string | undefined;
  readonly added: readonly InventedField[];
}

/** Types that stand for each other, by the subgraph that has them so. */
export interface InventedGroup {
  readonly name: 'Thing' | 'Being';
  readonly membersIn: ReadonlyMap<string, readonly string[]>;
}

export interface InventedRoot {
  readonly name: string;
  readonly type: string;
  readonly kind: 'one' | 'some' | 'all';
  readonly owners: readonly string[];
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
    ...about,
  };
}

/** The object types that may stand where all of some subgraphs name a type. */
export function membersOf(
  { types, animal, being, thing }: InventedTypes,
  name: string,
  owners: readonly string[],
): readonly string[] {
  const group = [being, thing].find((one) => one?.name === name);
  if (group !== undefined) {
    const all = [...new Set([...group.membersIn.values()].flat())];
    return all.filter((one) => owners.every((owner) => group.membersIn.get(owner)?.includes(one) === true));
  }
  if (animal === undefined || name !== animal.name) return [name];
  const isKnown = (member: string, owner: string): boolean =>
    animal.objectIn === owner || types.some((one) => one.name === member && one.subgraphs.includes(owner));
  return animal.members.filter((one) => owners.every((owner) => isKnown(one, owner)));
}

/** The types that a subgraph can name. */
export function knownBy({ types, animal, being, thing }: InventedTypes, subgraph: string): readonly string[] {
  const isAnimalKnown = animal?.subgraphs.includes(subgraph) === true || animal?.objectIn === subgraph;
  return [
    ...types.filter(({ subgraphs }) => subgraphs.includes(subgraph)).map(({ name }) => name),
    ...(animal !== undefined && isAnimalKnown ? [animal.name] : []),
    ...[being, thing].flatMap((group) => (group?.membersIn.has(subgraph) === true ? [group.name] : [])),
  ];
}

/** Some of what there is, and at least one. */
export function someOf<Item>(random: Random, items: readonly Item[], chance: number): readonly Item[] {
  const chosen = items.filter(() => random.chance(chance));
  return chosen.length > 0 ? chosen : [random.pick(items)];
}
