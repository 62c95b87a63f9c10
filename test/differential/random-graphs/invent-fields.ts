import type { Random } from '../generate/create-random.ts';
import {
  knownBy,
  plainField,
  SCALARS,
  someOf,
  type InventedField,
  type InventedInterface,
  type InventedType,
  type InventedTypes,
  type InventedWay,
} from './invented-graph.ts';

/** Gives types their fields: scalars, references, and those that require what others have. */
export function inventFields(random: Random, graph: InventedTypes): void {
  const { types } = graph;
  for (const type of types) {
    if (type.keys.size === 0) type.fields.push(...valueFields(random, type));
    else type.fields.push(...scalarFields(random, type));
  }
  for (const type of types) type.fields.push(...references(random, type, graph));
  for (const type of types) if (type.keys.size > 0) addRequirements(random, type, graph);
  for (const type of types) addProvided(random, type, types);
}

/** Most subgraphs that know a value type know all of it. */
function valueFields(random: Random, { subgraphs }: InventedType): readonly InventedField[] {
  return ['size', 'tint', 'note'].map((name) =>
    plainField({
      name,
      type: random.pick(SCALARS),
      isList: random.chance(0.15),
      isNonNull: random.chance(0.2),
      owners: random.chance(0.75) ? subgraphs : someOf(random, subgraphs, 0.6),
    }),
  );
}

function scalarFields(random: Random, { subgraphs }: InventedType): readonly InventedField[] {
  return ['length', 'label', 'mood'].slice(0, 1 + random.below(3)).map((name) => {
    const owners = random.chance(0.3) ? someOf(random, subgraphs, 0.6) : [random.pick(subgraphs)];
    const others = subgraphs.filter((one) => !owners.includes(one));
    const hasArgument = random.chance(0.25);
    return plainField({
      name,
      type: hasArgument ? 'String' : random.pick(SCALARS),
      isList: !hasArgument && random.chance(0.1),
      isNonNull: random.chance(0.15),
      hasArgument,
      owners,
      takenFrom: owners.length === 1 && others.length > 0 && random.chance(0.15) ? random.pick(others) : undefined,
      takenFor: random.chance(0.4) ? 'percent(50)' : undefined,
      isHidden: random.chance(0.1),
    });
  });
}

/** Fields with objects; now and then, several subgraphs give them. */
function references(random: Random, { subgraphs, keys }: InventedType, graph: InventedTypes): readonly InventedField[] {
  const names = keys.size === 0 ? ['guest'].filter(() => random.chance(0.4)) : ['friend', 'home', 'herd'];
  return names.slice(0, 1 + random.below(3)).flatMap((name) => {
    const owner = random.pick(subgraphs);
    const known = knownBy(graph, owner).filter((one) => !(keys.size === 0 && one === 'Thing'));
    if (known.length === 0) return [];
    const type = random.pick(known);
    const others = subgraphs.filter((one) => one !== owner && knownBy(graph, one).includes(type));
    const isShared = keys.size === 0 || random.chance(0.2);
    return [
      plainField({
        name,
        type,
        isList: random.chance(0.4),
        isNonNull: random.chance(0.1),
        owners: isShared ? [owner, ...others] : [owner],
      }),
    ];
  });
}

function addRequirements(random: Random, type: InventedType, graph: InventedTypes): void {
  // Composition takes it for possible elsewhere, too.
  const tellable = type.subgraphs.filter(
    (one) => type.keys.get(one)?.some(({ isResolvable }) => isResolvable) === true,
  );
  if (tellable.length === 0) return;
  // What an interface says of its objects may require of each something else.
  const motto = type.fields.findIndex(({ name }) => name === 'motto');
  const [owner, ...others] = type.fields[motto]?.owners ?? [];
  if (owner !== undefined && others.length === 0 && tellable.includes(owner) && random.chance(0.7)) {
    const requiring = requiringField(random, 'motto', { owner, type, graph });
    if (requiring !== undefined) type.fields[motto] = requiring;
  }
  for (const name of ['rank', 'fee'].slice(0, random.below(3))) {
    const requiring = requiringField(random, name, { owner: random.pick(tellable), type, graph });
    if (requiring !== undefined) type.fields.push(requiring);
  }
}

interface Requiring {
  readonly owner: string;
  readonly type: InventedType;
  readonly graph: InventedTypes;
}

/** Makes a field that requires one or two others; undefined where there is nothing that it could require. */
function requiringField(random: Random, name: string, { owner, type, graph }: Requiring): InventedField | undefined {
  const ways = type.fields.filter((field) => field.name !== name).flatMap((field) => waysThrough(field, owner, graph));
  if (ways.length === 0) return undefined;
  const requires = random.chance(0.25) ? [random.pick(ways), random.pick(ways)] : [random.pick(ways)];
  const [one, other] = requires;
  const distinct = one !== undefined && one[0] === other?.[0] ? [one] : requires;
  for (const field of distinct.flat()) if (!field.owners.includes(owner)) field.externalIn.add(owner);
  return plainField({ name, type: 'String', owners: [owner], requires: distinct });
}

/** What a subgraph may require that is another's: a scalar, or one of the objects that a field gives. */
function waysThrough(field: InventedField, owner: string, graph: InventedTypes): readonly InventedWay[] {
  const { type, isKey, isList, owners, takenFrom } = field;
  if (isKey || owners.includes(owner) || takenFrom === owner) return [];
  if (SCALARS.includes(type)) return isList ? [] : [[field]];
  return inObjectsOf(type, owner, graph)
    .filter((one) => SCALARS.includes(one.type) && !one.isList && one.requires.length === 0)
    .map((one) => [field, one]);
}

/** What a subgraph can name of what a field gives. */
function inObjectsOf(name: string, subgraph: string, { types, animal }: InventedTypes): readonly InventedField[] {
  if (name === animal?.name) return animal.subgraphs.includes(subgraph) ? animal.fields.filter(isPlain) : [];
  const type = types.find((one) => one.name === name && one.subgraphs.includes(subgraph));
  const fields = type?.fields.filter(isPlain) ?? [];
  return type?.keys.size === 0 ? fields.filter(({ owners }) => owners.includes(subgraph)) : fields;
}

/** Nothing that may itself require what is on the way. */
function isPlain({ name, isKey, takenFrom }: InventedField): boolean {
  return !isKey && takenFrom === undefined && name !== 'motto';
}

/** Now and then, what gives an entity gives along a field that is another's. */
function addProvided(random: Random, type: InventedType, types: readonly InventedType[]): void {
  for (const [index, field] of type.fields.entries()) {
    const [owner, ...others] = field.owners;
    const target = types.find(({ name, keys }) => name === field.type && keys.size > 0);
    if (target === undefined || owner === undefined || others.length > 0 || !random.chance(0.35)) continue;
    const given = target.fields.filter((one) => isProvidable(one, owner));
    if (given.length === 0) continue;
    const { name, externalIn } = random.pick(given);
    externalIn.add(owner);
    type.fields[index] = { ...field, provides: name };
  }
}

function isProvidable(
  { isKey, type, hasArgument, requires, owners, takenFrom }: InventedField,
  owner: string,
): boolean {
  const isGiven = !isKey && SCALARS.includes(type) && !hasArgument && requires.length === 0;
  return isGiven && !owners.includes(owner) && takenFrom === undefined;
}

/** What is known of an object by its interface alone. */
export function addedTo(name: string, animal: InventedInterface | undefined): readonly InventedField[] {
  return animal?.members.includes(name) === true ? animal.added : [];
}
