import type { Random } from '../generate/create-random.ts';
import { inventFields, objectsField, provided } from './invent-fields.ts';
import {
  knownBy,
  plainField,
  SCALARS,
  someOf,
  type InventedContext,
  type InventedField,
  type InventedGraph,
  type InventedGroup,
  type InventedInterface,
  type InventedKey,
  type InventedRoot,
  type InventedType,
} from './invented-graph.ts';

const ENTITIES = ['Ant', 'Bee', 'Cow'];
const VALUES = ['Den', 'Egg'];
const KEYS = [['id'], ['code'], ['id', 'code']];
const SUBGRAPHS = ['a', 'b', 'c', 'd'];

/** Who knows which type, by its name. */
type Presence = ReadonlyMap<string, readonly string[]>;

/** Invents a graph: which types there are, and who has what of them. It need not compose. */
export function inventGraph(random: Random): InventedGraph {
  const subgraphs = SUBGRAPHS.slice(0, 2 + random.below(3));
  // Only who knows none of its objects may know an interface as an object.
  const [stranger] = random.chance(0.35) ? someOf(random, subgraphs, 0.3) : [];
  const others = subgraphs.filter((one) => one !== stranger);
  const presence = new Map([
    ...ENTITIES.map((name) => [name, someOf(random, others, 0.65)] as const),
    ...VALUES.map((name) => [name, someOf(random, subgraphs, 0.65)] as const),
  ]);
  const animal = random.chance(0.8) ? inventInterface(random, subgraphs, presence) : undefined;
  const thing = random.chance(0.7) ? inventUnion(random, subgraphs, presence) : undefined;
  const types = [
    ...ENTITIES.map((name) => inventEntity(random, { name, presence, animal })),
    ...VALUES.map(inventValue),
  ];
  const being = animal !== undefined && random.chance(0.5) ? inventSuper(random, { animal, types }) : undefined;
  inventFields(random, { types, animal, being, thing });
  const isTagged = types.some(({ fields }) => fields.some(({ type }) => type === 'Tag'));
  const graph = { subgraphs, types: isTagged ? [...types, tag(subgraphs)] : types, animal, being, thing };
  const roots = inventRoots(random, graph);
  const context = random.chance(0.4) ? inventContext(random, graph) : undefined;
  // Nothing is taken from the mutation type.
  const mutations = context === undefined && random.chance(0.5) ? inventMutations(random, graph) : [];
  return { ...graph, old: random.chance(0.3) ? random.pick(subgraphs) : undefined, roots, mutations, context };

  function inventValue(name: string): InventedType {
    return { name, subgraphs: presence.get(name) ?? [], fields: [], keys: new Map() };
  }
}

/** What some entities are known by. */
function tag(subgraphs: readonly string[]): InventedType {
  const mark = plainField({ name: 'mark', type: 'Int', isNonNull: true, isKey: true, owners: subgraphs });
  return { name: 'Tag', subgraphs, fields: [mark], keys: new Map() };
}

function inventInterface(
  random: Random,
  subgraphs: readonly string[],
  presence: Presence,
): InventedInterface | undefined {
  const isKnown = (name: string, subgraph: string): boolean => presence.get(name)?.includes(subgraph) === true;
  const own = someOf(random, subgraphs, 0.4);
  const members = ENTITIES.filter((name) => own.some((one) => isKnown(name, one)));
  if (members.length === 0) return undefined;
  const strangers = subgraphs.filter((one) => !own.includes(one) && !members.some((name) => isKnown(name, one)));
  const objectIn = strangers.length > 0 && random.chance(0.8) ? someOf(random, strangers, 0.6) : [];
  // By its key, a subgraph has to know all of its objects.
  const membersIn = own.map((one) => {
    const known = members.filter((name) => isKnown(name, one));
    return [one, objectIn.length > 0 ? known : known.filter(() => random.chance(0.85))] as const;
  });
  const all = [
    plainField({ name: 'id', type: 'ID', isNonNull: true, owners: own }),
    plainField({ name: 'title', type: 'String', owners: own }),
    plainField({ name: 'kin', type: 'Animal', owners: own }),
    plainField({ name: 'sound', type: 'String', owners: own }),
    plainField({ name: 'call', type: 'String', hasArgument: true, owners: own }),
    plainField({ name: 'motto', type: 'String', owners: own }),
  ];
  const chosen = all.filter(({ name }) => (name === 'id' && objectIn.length > 0) || random.chance(0.7));
  const fields = chosen.length > 0 ? chosen : all.slice(0, 1);
  const saysAll = random.chance(0.5);
  const fieldsIn = own.map((one) => {
    const said = fields.filter(({ name }) => saysAll || name === 'id' || random.chance(0.6));
    return [one, said.length > 0 ? said : fields] as const;
  });
  return {
    ...{ name: 'Animal', members, membersIn: new Map(membersIn), fields, fieldsIn: new Map(fieldsIn), objectIn },
    added: ['keeper', 'near', 'mark'].flatMap((name) => {
      const one = (): string | undefined => objectIn[Math.min(random.below(2), objectIn.length - 1)];
      const owners = random.chance(0.3) ? objectIn : [one()].filter((owner) => owner !== undefined);
      const isGiven = owners.length > 0 && random.chance(0.8);
      return isGiven ? [plainField({ name, type: name === 'near' ? 'Animal' : 'String', owners })] : [];
    }),
  };
}

function inventUnion(random: Random, subgraphs: readonly string[], presence: Presence): InventedGroup | undefined {
  const membersIn = new Map(
    someOf(random, subgraphs, 0.5).flatMap((one) => {
      const known = [...presence].flatMap(([name, there]) => (there.includes(one) ? [name] : []));
      return known.length === 0 ? [] : [[one, someOf(random, known, 0.6)] as const];
    }),
  );
  return membersIn.size === 0 ? undefined : { name: 'Thing', membersIn };
}

/** An interface above that of the entities: in each subgraph that has the one, of its objects and of some others that have an id too. */
function inventSuper(
  random: Random,
  { animal, types }: { animal: InventedInterface; types: readonly InventedType[] },
): InventedGroup | undefined {
  const hasId = ({ fields }: InventedType, subgraph: string): boolean =>
    fields.some(({ name, owners }) => name === 'id' && owners.includes(subgraph));
  const isWhole = [...animal.membersIn].every(([one, own]) =>
    types.every((type) => !own.includes(type.name) || hasId(type, one)),
  );
  if (!isWhole || !animal.fields.some(({ name }) => name === 'id')) return undefined;
  const membersIn = [...animal.membersIn].map(([one, own]) => {
    const members = types.filter((type) => own.includes(type.name) || (hasId(type, one) && random.chance(0.5)));
    return [one, members.map(({ name }) => name)] as const;
  });
  return { name: 'Being', membersIn: new Map(membersIn) };
}

interface EntityAbout {
  readonly name: string;
  readonly presence: Presence;
  readonly animal: InventedInterface | undefined;
}

/** An entity with its keys, and what its interface names of it. */
function inventEntity(random: Random, { name, presence, animal }: EntityAbout): InventedType {
  const subgraphs = presence.get(name) ?? [];
  const isMemberIn = (one: string): boolean => animal?.membersIn.get(one)?.includes(name) === true;
  const hasCode = random.chance(0.35);
  const keys = new Map(
    subgraphs.map((one): [string, InventedKey[]] => {
      const both = isMemberIn(one) || random.chance(0.4) ? [['id'], ['code']] : [random.pick(KEYS)];
      return [
        one,
        (hasCode ? both : [['id']]).map((own) => {
          const isResolvable = random.chance(0.93);
          return { fields: own, isResolvable, isExternal: isResolvable && random.chance(0.06) };
        }),
      ];
    }),
  );
  const fields = [keyField('id', 'ID', keys)];
  if (hasCode) fields.push(keyField('code', random.pick(['Int', 'Tag']), keys, random.chance(0.2)));
  if (animal !== undefined && subgraphs.some(isMemberIn))
    fields.push(...fieldsOfMember(random, { name, subgraphs, animal, here: subgraphs.filter(isMemberIn) }));
  return { name, subgraphs, fields, keys };
}

interface MemberAbout {
  readonly name: string;
  readonly subgraphs: readonly string[];
  readonly animal: InventedInterface;
  /** Where it is of the interface. */
  readonly here: readonly string[];
}

/** What an interface says of its objects: they have it where it says so, and in other places. */
function fieldsOfMember(random: Random, { name, subgraphs, animal, here }: MemberAbout): readonly InventedField[] {
  const ownersOf = (field: string): readonly string[] => {
    const named = here.filter((one) => animal.fieldsIn.get(one)?.some((said) => said.name === field) === true);
    if (named.length === 0) return [random.pick(subgraphs)];
    const others = subgraphs.filter((one) => !named.includes(one));
    return [...named, ...others.filter(() => random.chance(0.2))];
  };
  const kinOwners = ownersOf('kin');
  const kinTypes = kinOwners.every((one) => animal.membersIn.has(one)) ? ['Animal', name] : [name];
  return [
    plainField({ name: 'title', type: 'String', isNonNull: random.chance(0.3), owners: ownersOf('title') }),
    plainField({ name: 'kin', type: random.pick(kinTypes), isNonNull: random.chance(0.3), owners: kinOwners }),
    plainField({ name: 'sound', type: 'String', hasArgument: random.chance(0.5), owners: ownersOf('sound') }),
    plainField({ name: 'call', type: 'String', hasArgument: true, owners: ownersOf('call') }),
    plainField({ name: 'motto', type: 'String', owners: ownersOf('motto') }),
  ];
}

function keyField(name: string, type: string, keys: InventedType['keys'], isHidden = false): InventedField {
  const those = (isExternal: boolean): string[] =>
    [...keys].flatMap(([subgraph, own]) =>
      own.some((one) => one.fields.includes(name) && one.isExternal === isExternal) ? [subgraph] : [],
    );
  const of = { owners: those(false), externalIn: new Set(those(true)) };
  return plainField({ name, type, isNonNull: true, isKey: true, isHidden, ...of });
}

type Rootless = Omit<InventedGraph, 'roots' | 'mutations' | 'old' | 'context'>;

/** Whoever is nearest: the root is above all of them. */
function inventContext(random: Random, { subgraphs, types }: Rootless): InventedContext | undefined {
  const subgraph = random.pick(subgraphs);
  const known = types.filter((type) => type.subgraphs.includes(subgraph));
  const takers = known.filter(({ keys }) => keys.get(subgraph)?.some(({ isResolvable }) => isResolvable) === true);
  if (takers.length === 0) return undefined;
  const holders = new Map<string, Pick<InventedField, 'name' | 'hasArgument'>>();
  holders.set('Query', { name: 'unit', hasArgument: false });
  for (const { name, fields, keys } of known) {
    const given = fields.filter(
      (one) => isValueOfContext(one) && (keys.size > 0 || one.owners.includes(subgraph)) && random.chance(0.5),
    );
    if (given.length === 0) continue;
    const field = random.pick(given);
    if (!field.owners.includes(subgraph)) field.externalIn.add(subgraph);
    holders.set(name, field);
  }
  const taker = random.pick(takers);
  const isRequirable = ({ type, isList, isKey, requires, owners, takenFrom }: InventedField): boolean =>
    SCALARS.includes(type) &&
    !isList &&
    !isKey &&
    requires.length === 0 &&
    !owners.includes(subgraph) &&
    takenFrom === undefined;
  const requirable = random.chance(0.4) ? taker.fields.filter(isRequirable) : [];
  const required = requirable.length === 0 ? [] : [random.pick(requirable)];
  for (const { externalIn } of required) externalIn.add(subgraph);
  const requires = required.map((field) => [{ field, of: undefined }]);
  return { subgraph, taker: taker.name, requires, holders };
}

function isValueOfContext({ type, isList, requires, takenFrom, isHidden }: InventedField): boolean {
  return type === 'String' && !isList && requires.length === 0 && takenFrom === undefined && !isHidden;
}

function inventRoots(random: Random, graph: Rootless): readonly InventedRoot[] {
  const kinds = ['one', 'some', 'all'] as const;
  const names = ['first', 'second', 'third', 'fourth', 'fifth'].slice(0, 3 + random.below(3));
  return names.flatMap((name): InventedRoot[] => {
    const owner = random.pick(graph.subgraphs);
    const known = knownBy(graph, owner).filter((one) => one !== 'Tag');
    if (known.length === 0) return [];
    const others = graph.subgraphs.filter((one) => one !== owner && random.chance(0.2));
    const field = objectsField(random, graph, { name, type: random.pick(known), owner, others });
    return [{ field: { ...field, provides: provided(random, field, graph) }, kind: random.pick(kinds) }];
  });
}

function inventMutations(random: Random, graph: Rootless): readonly InventedRoot[] {
  return ['change', 'alter', 'turn'].flatMap((name): InventedRoot[] => {
    const owner = random.pick(graph.subgraphs);
    const known = knownBy(graph, owner).filter((one) => one !== 'Tag');
    if (known.length === 0) return [];
    const field = objectsField(random, graph, { name, type: random.pick(known), owner, others: [] });
    return [{ field, kind: random.pick(['one', 'all']) }];
  });
}
