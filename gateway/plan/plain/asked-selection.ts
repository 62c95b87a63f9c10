import { isAbstractType, isInterfaceType, Kind, print, type FieldNode, type ValueNode } from 'graphql';
import { responseKeyOf } from '../../lib/response-key.ts';
import { NoPlan } from '../no-plan.ts';
import type { SubgraphField, SubgraphKnowledge } from './subgraph-knowledge.ts';

type Objects = ReadonlySet<string>;

/** A field that a subgraph is asked for. */
export interface AskedField {
  readonly field: FieldNode;
  /** The object types that it is asked of. */
  readonly objects: Objects;
  /** What is asked for below; undefined where it has no objects. */
  readonly below: AskedSelection | undefined;
  /** The interface as whose field it is asked for, where those of its objects look different. */
  readonly enclosing: string | undefined;
}

interface Where {
  readonly subgraph: string;
  /** What the subgraph calls what stands there; `_Entity` where it is several types that it knows by their keys. */
  readonly type: string;
  /** The object types that the subgraph may give there. */
  readonly members: Objects;
  /** Whether it has to be asked what the objects are. */
  readonly isVague: boolean;
}

/** What a field looks like in the answer. */
type Look = Pick<SubgraphField, 'shape' | 'enclosing'>;

/** What is noted while a selection is written. */
export interface Writing {
  readonly knowledge: SubgraphKnowledge;
  /** Told of each field as often as it is written; it may refuse. */
  readonly count: () => void;
  /** The names of the variables that are used. */
  readonly variables: Set<string>;
}

/** What one request asks a subgraph for at one place: it grows while the plan is made. */
export class AskedSelection {
  readonly where: Where;
  readonly #fields: AskedField[] = [];
  readonly #shapes = new Map<string, string>();
  #isTypeAsked = false;

  constructor(where: Where) {
    this.where = where;
  }

  /** Asks for a field of some of the objects; gives what was asked for before under the same response key of the same objects. */
  add(field: FieldNode, objects: Objects, { shape, enclosing }: Look, below: Where | undefined): AskedField {
    const key = responseKeyOf(field);
    if (this.clashesWith(field, shape))
      throw new NoPlan('none found', `a plan in which "${key}" stands for values of two shapes cannot be run`);
    const known = this.#shapes.has(key) ? this.#find(key, objects) : undefined;
    if (known !== undefined) return known;
    this.#shapes.set(key, shape);
    const added = { field, objects, below: below && new AskedSelection(below), enclosing: enclosing?.name };
    this.#fields.push(added);
    return added;
  }

  /** Whether something that looks otherwise stands under the response key of a field already. */
  clashesWith(field: FieldNode, shape: string): boolean {
    const known = this.#shapes.get(responseKeyOf(field));
    return known !== undefined && known !== shape;
  }

  /** Whether a field without anything below it is asked for already. */
  has(field: FieldNode, objects: Objects): boolean {
    return field.selectionSet === undefined && this.#find(responseKeyOf(field), objects) !== undefined;
  }

  #find(key: string, objects: Objects): AskedField | undefined {
    return this.#fields.find((one) => responseKeyOf(one.field) === key && areEqual(one.objects, objects));
  }

  /** Asks what the objects are. */
  addType(): void {
    this.#isTypeAsked = true;
  }

  /** The response keys of all fields. */
  keys(): readonly string[] {
    return [...this.#shapes.keys()];
  }

  /** What is asked for, as GraphQL, without braces around it. */
  text(writing: Writing): string {
    const all: string[] = this.#isTypeAsked || this.where.isVague ? ['__typename'] : [];
    const fragments = new Map<string, string[]>();
    for (const asked of this.#fields) {
      if (this.#isForAll(asked, writing.knowledge)) all.push(textOf(asked, writing));
      // Written anew for each type, so that what is written several times is counted as often.
      else
        for (const one of this.#conditionsOf(asked, writing.knowledge))
          listed(fragments, one).push(textWithin(one, asked, writing));
    }
    for (const [name, some] of fragments) all.push(`...on ${name}{${some.join(' ')}}`);
    return all.length === 0 ? '__typename' : all.join(' ');
  }

  /** Whether a field can be asked for without a fragment. */
  #isForAll(asked: AskedField, knowledge: SubgraphKnowledge): boolean {
    const { subgraph, type } = this.where;
    const declared = knowledge.schema.getType(type);
    if (!isInterfaceType(declared)) return declared !== undefined && !isAbstractType(declared);
    return knowledge.isInterfaceObject(subgraph, type) || this.#isAskedAs(type, asked, knowledge);
  }

  /** The types of the fragments in which a field is asked for: one interface will do that is just of its objects. */
  #conditionsOf(asked: AskedField, knowledge: SubgraphKnowledge): Iterable<string> {
    const { objects, field } = asked;
    const [object = ''] = objects;
    const shape = this.#shapes.get(responseKeyOf(field));
    const only = knowledge.interfacesOf(object).find((one) => {
      const isSameShape = knowledge.field(this.where.subgraph, one, field.name.value)?.shape === shape;
      return objects.size > 1 && isSameShape && this.#isAskedAs(one, asked, knowledge);
    });
    return only === undefined ? objects : [only];
  }

  /** Whether an interface is just of the objects of a field here, has it too, and says of its type what they say. */
  #isAskedAs(name: string, { field, objects, below }: AskedField, knowledge: SubgraphKnowledge): boolean {
    const { subgraph, members } = this.where;
    const there = knowledge.field(subgraph, name, field.name.value);
    if (there?.isExternal !== false || (below !== undefined && there.type !== below.where.type)) return false;
    const meant = [...knowledge.members(subgraph, name)].filter((one) => members.has(one));
    return knowledge.takesAll(name, field) && meant.length === objects.size && meant.every((one) => objects.has(one));
  }
}

/** Whether two sets have the same members. */
export function areEqual(some: Objects, others: Objects): boolean {
  if (some === others) return true;
  if (some.size !== others.size) return false;
  for (const one of some) if (!others.has(one)) return false;
  return true;
}

function listed(lists: Map<string, string[]>, name: string): string[] {
  const known = lists.get(name);
  if (known !== undefined) return known;
  const list: string[] = [];
  lists.set(name, list);
  return list;
}

/** Of some fields, what an interface says of them counts. */
function textWithin(condition: string, asked: AskedField, writing: Writing): string {
  const { enclosing } = asked;
  const text = textOf(asked, writing);
  return enclosing === undefined || enclosing === condition ? text : `...on ${enclosing}{${text}}`;
}

function textOf({ field, below }: AskedField, writing: Writing): string {
  writing.count();
  const { alias, name, arguments: given = [] } = field;
  let text = alias === undefined || alias.value === name.value ? name.value : `${alias.value}:${name.value}`;
  if (given.length > 0) {
    for (const { value } of given) noteVariables(value, writing.variables);
    text += `(${given.map(print).join(' ')})`;
  }
  return below === undefined ? text : `${text}{${below.text(writing)}}`;
}

function noteVariables(value: ValueNode, names: Set<string>): void {
  if (value.kind === Kind.VARIABLE) names.add(value.name.value);
  else if (value.kind === Kind.LIST) for (const item of value.values) noteVariables(item, names);
  else if (value.kind === Kind.OBJECT) for (const field of value.fields) noteVariables(field.value, names);
}
