import type { SubgraphSource } from '../made-up/made-up-graph.ts';
import {
  REQUIRED_BY,
  type InventedContext,
  type InventedField,
  type InventedGraph,
  type InventedInterface,
  type InventedType,
  type InventedWay,
} from './invented-graph.ts';

const NEW = ['@shareable', '@override', '@interfaceObject', '@inaccessible', '@context', '@fromContext'];
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
  if (/@override|@interfaceObject|@context|interface \w+.*@key|resolvable/.test(old)) return undefined;
  const shared = types.filter(({ subgraphs, keys }) => subgraphs.length > 1 && keys.size > 0);
  return shared.reduce((text, { name }) => text.replace(`type ${name} `, `extend type ${name} `), old);
}

function sdlOf(graph: InventedGraph, subgraph: string): string {
  const { types, animal, being, thing, roots, mutations } = graph;
  const own = roots.filter(({ field }) => field.owners.includes(subgraph)).map((root) => rootText(root, subgraph));
  const changing = mutations.filter(({ field }) => field.owners.includes(subgraph));
  const ofRoot = contextOf('Query', subgraph, graph);
  if (ofRoot !== '') own.push('unit: String');
  const members = thing?.membersIn.get(subgraph);
  return [
    LINK,
    ...(own.length === 0 ? [] : [block(`type Query${ofRoot}`, own)]),
    ...(changing.length === 0
      ? []
      : [
          block(
            'type Mutation',
            changing.map((root) => rootText(root, subgraph)),
          ),
        ]),
    ...types.filter(({ subgraphs }) => subgraphs.includes(subgraph)).map((type) => typeText(type, subgraph, graph)),
    ...(animal === undefined ? [] : interfaceTexts(animal, subgraph, being)),
    ...(being?.membersIn.has(subgraph) === true ? [block('interface Being', ['id: ID!'])] : []),
    ...(members === undefined ? [] : [`union Thing = ${members.join(' | ')}`]),
  ].join('\n\n');
}

function block(header: string, lines: readonly string[]): string {
  return `${header} {\n  ${lines.join('\n  ')}\n}`;
}

function rootText({ field, kind }: InventedGraph['roots'][number], subgraph: string): string {
  const given = kind === 'one' ? '(id: ID!)' : '';
  const type = field.typeIn.get(subgraph) ?? field.type;
  const shared = field.owners.length > 1 ? ' @shareable' : '';
  return `${field.name}${given}: ${kind === 'all' ? `[${type}]` : type}${shared}${providesText(field)}`;
}

function interfaceTexts(animal: InventedInterface, subgraph: string, being: InventedGraph['being']): string[] {
  const { name, fieldsIn, objectIn, fields, added } = animal;
  const key = ' @key(fields: "id")';
  const above = being === undefined ? '' : ` implements ${being.name}`;
  const own = fieldsIn.get(subgraph);
  if (own !== undefined)
    return [
      block(
        `interface ${name}${above}${objectIn.length === 0 ? '' : key}`,
        own.map((field) => signatureOf(field, subgraph)),
      ),
    ];
  if (!objectIn.includes(subgraph)) return [];
  const told = fields.filter(({ externalIn }) => externalIn.has(subgraph));
  const texts = [...told, ...added].flatMap((field) => fieldTexts(field, true, subgraph));
  return [block(`type ${name} @interfaceObject${key}`, ['id: ID!', ...texts])];
}

/** Says that a type gives the context its values, where it does. */
function contextOf(type: string, subgraph: string, { context }: InventedGraph): string {
  return context?.subgraph === subgraph && context.holders.has(type) ? ' @context(name: "around")' : '';
}

function takerText({ holders, requires }: InventedContext): string {
  const selections = [...holders].map(([type, field]) => `... on ${type} { ${requiredText(field)} }`);
  const required = requires.length === 0 ? '' : ` @requires(fields: "${requires.map(wayText).join(' ')}")`;
  return `scope(in: String @fromContext(field: "$around ${selections.join(' ')}")): String${required}`;
}

function typeText(type: InventedType, subgraph: string, graph: InventedGraph): string {
  const { animal, being, context } = graph;
  const interfaces = [animal, being].flatMap((group) =>
    group?.membersIn.get(subgraph)?.includes(type.name) === true ? [group.name] : [],
  );
  const above = interfaces.length === 0 ? '' : ` implements ${interfaces.join(' & ')}`;
  // Composition does not notice what cannot be reached then.
  const hasMore = type.fields.some(({ isKey, owners }) => !isKey && owners.includes(subgraph));
  const keys = (type.keys.get(subgraph) ?? []).map(({ fields: own, isResolvable }) => {
    const texts = type.fields
      .filter(({ name }) => own.includes(name))
      .map(({ name, type: of }) => (of === 'Tag' ? `${name} { mark }` : name));
    return ` @key(fields: "${texts.join(' ')}"${isResolvable || hasMore ? '' : ', resolvable: false'})`;
  });
  const fields = type.fields.flatMap((field) => fieldTexts(field, type.keys.size > 0, subgraph));
  const takes = context?.subgraph === subgraph && context.taker === type.name ? [takerText(context)] : [];
  const header = `type ${type.name}${above}${keys.join('')}${contextOf(type.name, subgraph, graph)}`;
  return block(header, [...fields, ...takes]);
}

function fieldTexts(field: InventedField, isOfEntity: boolean, subgraph: string): readonly string[] {
  const isOwn = field.owners.includes(subgraph);
  const isExternal = !isOwn && field.externalIn.has(subgraph);
  if (!isOwn && !isExternal && field.takenFrom !== subgraph) return [];
  const { takenFrom, takenFor, isHidden, requires } = field;
  const label = takenFor === undefined ? '' : `, label: "${takenFor}"`;
  const directives = [
    isExternal && '@external',
    isOwn && isShared(field, isOfEntity) && '@shareable',
    isOwn && takenFrom !== undefined && `@override(from: "${takenFrom}"${label})`,
    isOwn && isHidden && '@inaccessible',
    isOwn && requires.length > 0 && `@requires(fields: "${requires.map(wayText).join(' ')}")`,
  ].filter((one) => one !== false);
  return [[signatureOf(field, subgraph), ...directives].join(' ') + (isOwn ? providesText(field) : '')];
}

function providesText({ provides }: InventedField): string {
  return provides === undefined ? '' : ` @provides(fields: "${provides}")`;
}

function signatureOf(
  { name, type, isList, isNonNull, hasArgument, typeIn, nonNullIn }: InventedField,
  subgraph: string,
): string {
  const here = typeIn.get(subgraph) ?? type;
  const mark = isNonNull || nonNullIn.has(subgraph) ? '!' : '';
  return `${name}${hasArgument ? '(by: Int = 1)' : ''}: ${isList ? `[${here}]` : here}${mark}`;
}

/** Whether others give it too: by themselves, or along with objects. */
function isShared({ name, owners, isKey, externalIn }: InventedField, isOfEntity: boolean): boolean {
  if (isKey) return name === 'mark';
  return owners.length > 1 || externalIn.size > 0 || !isOfEntity;
}

function wayText([step, ...rest]: InventedWay): string {
  if (step === undefined) return '';
  const { field, of } = step;
  const below = rest.length === 0 ? '' : ` { ${wayText(rest)} }`;
  const text = `${requiredText(field)}${below}`;
  return of === undefined ? text : `__typename ... on ${of} { ${text} }`;
}

/** A field as another subgraph than its own needs it. */
function requiredText({ name, hasArgument }: Pick<InventedField, 'name' | 'hasArgument'>): string {
  return `${name}${hasArgument ? `(by: ${REQUIRED_BY})` : ''}`;
}
