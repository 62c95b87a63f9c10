import type { Random } from '../generate/create-random.ts';
import {
  knownBy,
  membersIn,
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
  if (graph.animal !== undefined) addRequirementsOfInterface(random, graph.animal);
  for (const { fields } of types)
    for (const [index, field] of fields.entries())
      fields[index] = { ...field, provides: provided(random, field, graph) };
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
      nonNullIn: new Set(owners.length > 1 && random.chance(0.2) ? [random.pick(owners)] : []),
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
    const isShared = keys.size === 0 || random.chance(0.2);
    const others = isShared ? subgraphs.filter((one) => one !== owner) : [];
    const isList = random.chance(0.4);
    return [objectsField(random, graph, { name, type, owner, others, isList, isNonNull: random.chance(0.1) })];
  });
}

interface ObjectsAbout {
  readonly name: string;
  readonly type: string;
  readonly owner: string;
  /** Who may give it, too. */
  readonly others: readonly string[];
  readonly isList?: boolean;
  readonly isNonNull?: boolean;
}

/** Makes a field with objects; of the others, those give it who know its type, or know more of what it is. */
export function objectsField(
  random: Random,
  graph: InventedTypes,
  { owner, others, ...about }: ObjectsAbout,
): InventedField {
  const members = membersIn(graph, owner, about.type);
  const typeIn = new Map<string, string>();
  const alsoOwners = others.filter((other) => {
    const known = knownBy(graph, other);
    const narrower = known.filter((one) => one !== about.type && members.includes(one));
    const isNamed = known.includes(about.type);
    if (narrower.length > 0 && (!isNamed || random.chance(0.15))) typeIn.set(other, random.pick(narrower));
    return isNamed || narrower.length > 0;
  });
  return plainField({ ...about, owners: [owner, ...alsoOwners], typeIn });
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

/** Who knows the objects by their interface alone may require what these have, or what others know of them so. */
function addRequirementsOfInterface(random: Random, { objectIn, fields, added }: InventedInterface): void {
  for (const owner of objectIn) {
    const ways = [...fields, ...added].filter(
      ({ name, type, owners }) => name !== 'motto' && type === 'String' && !owners.includes(owner),
    );
    if (ways.length === 0 || !random.chance(0.5)) continue;
    const required = random.pick(ways);
    required.externalIn.add(owner);
    const requires = [[{ field: required, of: undefined }]];
    added.push(plainField({ name: `greeting_${owner}`, type: 'String', owners: [owner], requires }));
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
  const isTwice = one?.[0]?.field === other?.[0]?.field && one?.at(-1)?.of === other?.at(-1)?.of;
  const distinct = one !== undefined && isTwice ? [one] : requires;
  for (const { field } of distinct.flat()) if (!field.owners.includes(owner)) field.externalIn.add(owner);
  return plainField({ name, type: 'String', owners: [owner], requires: distinct });
}

/** What a subgraph may require that is another's: a scalar, or one of the objects that a field gives, or of some of them. */
function waysThrough(field: InventedField, owner: string, graph: InventedTypes): readonly InventedWay[] {
  const { type, isKey, isList, owners, takenFrom } = field;
  if (isKey || owners.includes(owner) || takenFrom === owner) return [];
  if (SCALARS.includes(type)) return isList ? [] : [[{ field, of: undefined }]];
  if (!knownBy(graph, owner).includes(type)) return [];
  const through = (name: string, of?: string): readonly InventedWay[] =>
    inObjectsOf(name, owner, graph)
      .filter((one) => SCALARS.includes(one.type) && !one.isList && one.requires.length === 0)
      .map((one) => [
        { field, of: undefined },
        { field: one, of },
      ]);
  const members = membersIn(graph, owner, type).filter((one) => one !== type);
  return [...through(type), ...members.flatMap((one) => through(one, one))];
}

/** What a subgraph can name of what a field gives. */
function inObjectsOf(name: string, subgraph: string, { types, animal }: InventedTypes): readonly InventedField[] {
  if (name === animal?.name) return (animal.fieldsIn.get(subgraph) ?? []).filter(isPlain);
  const type = types.find((one) => one.name === name && one.subgraphs.includes(subgraph));
  const fields = type?.fields.filter(isPlain) ?? [];
  return type?.keys.size === 0 ? fields.filter(({ owners }) => owners.includes(subgraph)) : fields;
}

/** Nothing that may itself require what is on the way. */
function isPlain({ name, isKey, takenFrom }: InventedField): boolean {
  return !isKey && takenFrom === undefined && name !== 'motto';
}

/**
 * Now and then, what gives an entity gives along a field that is another's, or one of an object that such a field gives: the text of
 * that selection.
 */
export function provided(random: Random, field: InventedField, graph: InventedTypes): string | undefined {
  const [owner, ...others] = field.owners;
  if (owner === undefined || others.length > 0 || !random.chance(0.35)) return undefined;
  const members = membersIn(graph, owner, field.type);
  const targets = graph.types.filter(
    ({ name, keys, subgraphs }) => keys.size > 0 && members.includes(name) && subgraphs.includes(owner),
  );
  if (targets.length === 0) return undefined;
  const target = random.pick(targets);
  const below = random.chance(0.3) ? target.fields.filter((one) => isAnothers(one, owner)) : [];
  const ways = below.flatMap((one) => {
    const of = graph.types.find(({ name, keys }) => name === one.type && keys.size > 0);
    const given = of?.subgraphs.includes(owner) === true ? of.fields.filter((each) => isProvidable(each, owner)) : [];
    return given.map((each) => [one, each]);
  });
  const alone = target.fields.filter((one) => isProvidable(one, owner)).map((one) => [one]);
  const all = ways.length > 0 ? ways : alone;
  if (all.length === 0) return undefined;
  const way = random.pick(all);
  for (const { externalIn } of way) externalIn.add(owner);
  const text = way.map(({ name }) => name).join(' { ') + ' }'.repeat(way.length - 1);
  return target.name === field.type ? text : `... on ${target.name} { ${text} }`;
}

function isAnothers({ isKey, requires, owners, takenFrom, hasArgument }: InventedField, owner: string): boolean {
  return !isKey && !hasArgument && requires.length === 0 && !owners.includes(owner) && takenFrom === undefined;
}

function isProvidable(field: InventedField, owner: string): boolean {
  return SCALARS.includes(field.type) && isAnothers(field, owner);
}

/** What is known of an object by its interface alone. */
export function addedTo(name: string, animal: InventedInterface | undefined): readonly InventedField[] {
  return animal?.members.includes(name) === true ? animal.added : [];
}
