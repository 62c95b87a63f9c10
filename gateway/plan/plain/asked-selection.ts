import { isInterfaceType, Kind, type FieldNode, type SelectionNode, type SelectionSetNode } from 'graphql';
import type { SubgraphKnowledge } from './subgraph-knowledge.ts';

type Objects = ReadonlySet<string>;

/** A field that a subgraph is asked for. */
export interface AskedField {
  readonly field: FieldNode;
  /** The object types that it is asked of. */
  readonly objects: Objects;
  /** What is asked for below; undefined where it has no objects. */
  readonly below: AskedSelection | undefined;
}

interface Where {
  readonly subgraph: string;
  /** What the subgraph calls what stands there; `_Entity` where it is several types that it knows by their keys. */
  readonly type: string;
  /** The object types that the subgraph may give there. */
  readonly members: Objects;
}

/** What one request asks a subgraph for at one place: it grows while the plan is made. */
export class AskedSelection {
  readonly where: Where;
  readonly #fields = new Map<string, AskedField>();
  readonly #shapes = new Map<string, string>();

  constructor(where: Where) {
    this.where = where;
  }

  /** Asks for a field of some of the objects; gives what was asked for before under the same response key of the same objects. */
  add(field: FieldNode, objects: Objects, { shape, below }: { shape: string; below: Where | undefined }): AskedField {
    const key = (field.alias ?? field.name).value;
    if ((this.#shapes.get(key) ?? shape) !== shape)
      throw new Error(`a plan in which "${key}" stands for values of two shapes cannot be run`);
    this.#shapes.set(key, shape);
    const id = `${key} ${[...objects].sort().join(' ')}`;
    const known = this.#fields.get(id);
    if (known !== undefined) return known;
    const { directives: _directives, selectionSet: _selectionSet, ...bare } = field;
    const added = { field: bare, objects, below: below && new AskedSelection(below) };
    this.#fields.set(id, added);
    return added;
  }

  /** What is asked for, as GraphQL. `write` is told of each field as often as it is written, and may refuse. */
  selectionSet(knowledge: SubgraphKnowledge, write: () => void): SelectionSetNode {
    const selections: SelectionNode[] = [];
    const fragments = new Map<string, SelectionNode[]>();
    for (const { field, objects, below } of this.#fields.values()) {
      // Made anew for each type, so that what is written several times is counted as often.
      const node = (): FieldNode => {
        write();
        return below ? { ...field, selectionSet: below.selectionSet(knowledge, write) } : field;
      };
      if (this.#isForAll(field, objects, knowledge)) selections.push(node());
      else for (const one of objects) fragments.set(one, [...(fragments.get(one) ?? []), node()]);
    }
    for (const [name, some] of fragments) selections.push(fragmentOn(name, some));
    return { kind: Kind.SELECTION_SET, selections: [TYPENAME, ...selections] };
  }

  /** Whether a field can be asked for without a fragment. */
  #isForAll({ name, arguments: given = [] }: FieldNode, objects: Objects, knowledge: SubgraphKnowledge): boolean {
    const { subgraph, type, members } = this.where;
    const declared = knowledge.schema.getType(type);
    if (!isInterfaceType(declared)) return declared !== undefined && 'getFields' in declared;
    if (knowledge.isInterfaceObject(subgraph, type)) return true;
    const known = declared.getFields()[name.value];
    const takesAll = given.every((argument) => known?.args.some((one) => one.name === argument.name.value) === true);
    return (
      takesAll && objects.size === members.size && knowledge.field(subgraph, type, name.value)?.isExternal === false
    );
  }
}

/** A fragment on a type. */
export function fragmentOn(name: string, selections: readonly SelectionNode[]): SelectionNode {
  return {
    kind: Kind.INLINE_FRAGMENT,
    typeCondition: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: name } },
    selectionSet: { kind: Kind.SELECTION_SET, selections },
  };
}

const TYPENAME: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };
