import type { Random } from '../generate/create-random.ts';
import { inventFields } from './invent-fields.ts';
import {
  knownBy,
  plainField,
  SCALARS,
  someOf,
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
  const presence = new Map([...ENTITIES, ...VALUES].map((name) => [name, someOf(random, subgraphs, 0.65)]));
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
  return { ...graph, old: random.chance(0.3) ? random.pick(subgraphs) : undefined, roots: inventRoots(random, graph) };

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
  const own = someOf(random, subgraphs, 0.4);
  const members = ENTITIES.filter((name) => own.some((one) => presence.get(name)?.includes(one) === true));
  if (members.length === 0) return undefined;
  const strangers = subgraphs.filter(
    (one) => !own.includes(one) && !members.some((name) => presence.get(name)?.includes(one) === true),
  );
  const objectIn = strangers.length > 0 && random.chance(0.6) ? random.pick(strangers) : undefined;
  const all = [
    plainField({ name: 'id', type: 'ID', isNonNull: true, owners: own }),
    plainField({ name: 'title', type: 'String', owners: own }),
    plainField({ name: 'kin', type: 'Animal', owners: own }),
    plainField({ name: 'sound', type: 'String', owners: own }),
    plainField({ name: 'call', type: 'String', hasArgument: true, owners: own }),
    plainField({ name: 'motto', type: 'String', owners: own }),
  ];
  const chosen = all.filter(({ name }) => (name === 'id' && objectIn !== undefined) || random.chance(0.7));
  const fields = chosen.length > 0 ? chosen : all.slice(0, 1);
  const owners = objectIn === undefined ? [] : [objectIn];
  const added = [
    plainField({ name: 'keeper', type: 'String', owners }),
    plainField({ name: 'near', type: 'Animal', owners }),
  ];
  return { name: 'Animal', members, subgraphs: own, fields, objectIn, added: objectIn === undefined ? [] : added };
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
  if (!animal.fields.some(({ name }) => name === 'id')) return undefined;
  const membersIn = animal.subgraphs.map((one) => {
    const known = types.filter(({ fields }) =>
      fields.some(({ name, owners }) => name === 'id' && owners.includes(one)),
    );
    const members = known.filter(({ name }) => animal.members.includes(name) || random.chance(0.5));
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
  const isMemberIn = (one: string): boolean =>
    animal?.members.includes(name) === true && animal.subgraphs.includes(one);
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
  const here = subgraphs.filter(isMemberIn);
  if (here.length > 0) {
    const title = [...new Set([...here, ...subgraphs.filter(() => random.chance(0.3))])];
    fields.push(
      plainField({ name: 'title', type: 'String', isNonNull: random.chance(0.3), owners: title }),
      plainField({ name: 'kin', type: random.pick(['Animal', name]), isNonNull: random.chance(0.3), owners: here }),
      plainField({ name: 'sound', type: 'String', hasArgument: random.chance(0.5), owners: here }),
      plainField({ name: 'call', type: 'String', hasArgument: true, owners: here }),
      plainField({ name: 'motto', type: 'String', owners: here }),
    );
  }
  return { name, subgraphs, fields, keys };
}

function keyField(name: string, type: string, keys: InventedType['keys'], isHidden = false): InventedField {
  const those = (isExternal: boolean): string[] =>
    [...keys].flatMap(([subgraph, own]) =>
      own.some((one) => one.fields.includes(name) && one.isExternal === isExternal) ? [subgraph] : [],
    );
  const of = { owners: those(false), externalIn: new Set(those(true)) };
  return plainField({ name, type, isNonNull: true, isKey: true, isHidden, ...of });
}

type Rootless = Omit<InventedGraph, 'roots' | 'old'>;

function inventRoots(random: Random, graph: Rootless): readonly InventedRoot[] {
  const kinds = ['one', 'some', 'all'] as const;
  const names = ['first', 'second', 'third', 'fourth', 'fifth'].slice(0, 3 + random.below(3));
  return names.flatMap((name): InventedRoot[] => {
    const owner = random.pick(graph.subgraphs);
    const known = knownBy(graph, owner).filter((one) => !SCALARS.includes(one) && one !== 'Tag');
    if (known.length === 0) return [];
    const type = random.pick(known);
    const others = graph.subgraphs.filter((one) => one !== owner && knownBy(graph, one).includes(type));
    const owners = random.chance(0.3) ? [owner, ...others.filter(() => random.chance(0.7))] : [owner];
    return [{ name, type, kind: random.pick(kinds), owners }];
  });
}
