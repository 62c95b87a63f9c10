import type { SubgraphSource } from '../made-up/made-up-graph.ts';
import {
  REQUIRED_BY,
  type InventedField,
  type InventedGraph,
  type InventedInterface,
  type InventedRoot,
  type InventedType,
  type InventedWay,
} from './invented-graph.ts';

const NEW = ['@shareable', '@override', '@interfaceObject', '@inaccessible'];
const DIRECTIVES = ['@key', '@external', '@requires', '@provides', ...NEW];
const IMPORTED = DIRECTIVES.map((name) => `"${name}"`).join(' ');
const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [${IMPORTED}])`;

/** Writes the schemas of the subgraphs of an invented graph. */
export function writeSubgraphs(graph: InventedGraph): readonly SubgraphSource[] {
  return graph.subgraphs.map((name) => {
    const sdl = sdlOf(graph, name);
    return { name, sdl: graph.old === name ? (inFederation1(sdl, graph) ?? sdl) : sdl };
  });
}

/** The same schema as a subgraph of Federation 1 writes it, where everybody's fields are shared; undefined where it cannot. */
function inFederation1(sdl: string, { types }: InventedGraph): string | undefined {
  const old = sdl.replace(`${LINK}\n\n`, '').replaceAll(/ @(?:shareable|inaccessible)/g, '');
  if (/@override|@interfaceObject|interface \w+.*@key|resolvable/.test(old)) return undefined;
  const shared = types.filter(({ subgraphs, keys }) => subgraphs.length > 1 && keys.size > 0);
  return shared.reduce((text, { name }) => text.replace(`type ${name} `, `extend type ${name} `), old);
}

function sdlOf(graph: InventedGraph, subgraph: string): string {
  const { types, animal, being, thing, roots } = graph;
  const own = roots.filter(({ owners }) => owners.includes(subgraph));
  const members = thing?.membersIn.get(subgraph);
  return [
    LINK,
    ...(own.length === 0 ? [] : [block('type Query', own.map(rootText))]),
    ...types.filter(({ subgraphs }) => subgraphs.includes(subgraph)).map((type) => typeText(type, subgraph, graph)),
    ...(animal === undefined ? [] : interfaceTexts(animal, subgraph, being)),
    ...(being?.membersIn.has(subgraph) === true ? [block('interface Being', ['id: ID!'])] : []),
    ...(members === undefined ? [] : [`union Thing = ${members.join(' | ')}`]),
  ].join('\n\n');
}

function block(header: string, lines: readonly string[]): string {
  return `${header} {\n  ${lines.join('\n  ')}\n}`;
}

function rootText({ name, type, kind, owners }: InventedRoot): string {
  const given = kind === 'one' ? '(id: ID!)' : '';
  return `${name}${given}: ${kind === 'all' ? `[${type}]` : type}${owners.length > 1 ? ' @shareable' : ''}`;
}

function interfaceTexts(
  { name, subgraphs, fields, objectIn, added }: InventedInterface,
  subgraph: string,
  being: InventedGraph['being'],
): string[] {
  const key = ' @key(fields: "id")';
  const above = being === undefined ? '' : ` implements ${being.name}`;
  if (subgraphs.includes(subgraph))
    return [block(`interface ${name}${above}${objectIn === undefined ? '' : key}`, fields.map(signatureOf))];
  if (objectIn !== subgraph) return [];
  return [block(`type ${name} @interfaceObject${key}`, ['id: ID!', ...added.map(signatureOf)])];
}

function typeText(type: InventedType, subgraph: string, { animal, being }: InventedGraph): string {
  const interfaces = [
    ...(animal?.members.includes(type.name) === true && animal.subgraphs.includes(subgraph) ? [animal.name] : []),
    ...(being?.membersIn.get(subgraph)?.includes(type.name) === true ? [being.name] : []),
  ];
  const above = interfaces.length === 0 ? '' : ` implements ${interfaces.join(' & ')}`;
  // Composition does not notice what cannot be reached then.
  const hasMore = type.fields.some(({ isKey, owners }) => !isKey && owners.includes(subgraph));
  const keys = (type.keys.get(subgraph) ?? []).map(({ fields: own, isResolvable }) => {
    const texts = type.fields
      .filter(({ name }) => own.includes(name))
      .map(({ name, type: of }) => (of === 'Tag' ? `${name} { mark }` : name));
    return ` @key(fields: "${texts.join(' ')}"${isResolvable || hasMore ? '' : ', resolvable: false'})`;
  });
  const fields = type.fields.flatMap((field) => fieldTexts(field, type, subgraph));
  return block(`type ${type.name}${above}${keys.join('')}`, fields);
}

function fieldTexts(field: InventedField, type: InventedType, subgraph: string): readonly string[] {
  const isOwn = field.owners.includes(subgraph);
  const isExternal = !isOwn && field.externalIn.has(subgraph);
  if (!isOwn && !isExternal && field.takenFrom !== subgraph) return [];
  const { takenFrom, takenFor, isHidden, requires, provides } = field;
  const label = takenFor === undefined ? '' : `, label: "${takenFor}"`;
  const directives = [
    isExternal && '@external',
    isOwn && isShared(field, type) && '@shareable',
    isOwn && takenFrom !== undefined && `@override(from: "${takenFrom}"${label})`,
    isHidden && '@inaccessible',
    isOwn && requires.length > 0 && `@requires(fields: "${requires.map(wayText).join(' ')}")`,
    isOwn && provides !== undefined && `@provides(fields: "${provides}")`,
  ].filter((one) => one !== false);
  return [[signatureOf(field), ...directives].join(' ')];
}

function signatureOf({ name, type, isList, isNonNull, hasArgument }: InventedField): string {
  return `${name}${hasArgument ? '(by: Int = 1)' : ''}: ${isList ? `[${type}]` : type}${isNonNull ? '!' : ''}`;
}

/** Whether others give it too: by themselves, or along with objects. */
function isShared({ name, owners, isKey, externalIn }: InventedField, { keys }: InventedType): boolean {
  if (isKey) return name === 'mark';
  return owners.length > 1 || externalIn.size > 0 || keys.size === 0;
}

function wayText(way: InventedWay): string {
  const texts = way.map(({ name, hasArgument }) => `${name}${hasArgument ? `(by: ${REQUIRED_BY})` : ''}`);
  return `${texts.join(' { ')}${' }'.repeat(way.length - 1)}`;
}
