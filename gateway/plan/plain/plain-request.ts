import { Kind, print, visit, type OperationDefinitionNode, type SelectionSetNode } from 'graphql';
import type { FetchNode, Path, PathSegment, RequiredSelection } from '../compiled-plan.ts';
import type { ObjectTypes } from '../object-types.ts';
import { responseKeys } from '../response-keys.ts';
import { fragmentOn, type AskedSelection } from './asked-selection.ts';
import type { SubgraphKnowledge } from './subgraph-knowledge.ts';

/** How the objects of a request are made known to its subgraph. */
export interface Represented {
  /** The names that the objects may have as `__typename`. */
  readonly types: ReadonlySet<string>;
  /** What is sent of them: keys, and what fields require. */
  readonly sent: readonly SelectionSetNode[];
  /** What they are called, where that is not their own name. */
  readonly calledAs: string | undefined;
}

/** A request of a plan that is being made. */
export interface PlainRequest {
  readonly subgraph: string;
  readonly path: Path;
  readonly selection: AskedSelection;
  /** Undefined where the root is asked. */
  readonly represented: Represented | undefined;
  /** The requests whose answers it needs. */
  readonly after: ReadonlySet<PlainRequest>;
}

interface About {
  readonly operation: OperationDefinitionNode;
  readonly knowledge: SubgraphKnowledge;
  readonly objectTypes: ObjectTypes;
}

/** Writes the requests of a plan; an operation that would be sent in more than `maxSelections` selections is refused. */
export function createRequestWriting({ operation, knowledge, objectTypes }: About, maxSelections: number) {
  let selections = 0;
  const count = (): void => {
    if ((selections += 1) > maxSelections) throw new Error('the plan would ask for too much');
  };

  return ({ subgraph, path, selection, represented }: PlainRequest): FetchNode => {
    const asked = selection.selectionSet(knowledge, count);
    const kind = represented === undefined && path.length === 0 ? operation.operation : 'query';
    const { document, variables } = documentOf(asked, kind, represented && typeOf(selection));
    const request = {
      kind: 'fetch',
      subgraph,
      operation: kind,
      document,
      operationName: undefined,
      variables,
    } as const;
    if (represented === undefined)
      return { ...request, target: { kind: 'root', path, keys: responseKeys(document), outputRewrites: [] } };
    const { types, sent, calledAs } = represented;
    const required = [TYPENAME, ...uniqueFields(sent.flatMap((one) => requiredOf(one, objectTypes)))];
    const named: PathSegment = { kind: 'type', types };
    const batch = {
      responseKey: '_entities',
      representations: 'representations',
      paths: [path],
      requires: [{ kind: 'fragment', types, selections: required }],
      inputRewrites:
        calledAs === undefined ? [] : [{ kind: 'set', path: [named], key: '__typename', value: calledAs } as const],
      outputRewrites: [],
    } as const;
    return { ...request, target: { kind: 'entities', batches: [batch] } };
  };

  function documentOf(asked: SelectionSetNode, kind: FetchNode['operation'], entity: string | undefined) {
    const used = new Set<string>();
    visit(asked, { [Kind.VARIABLE]: ({ name }) => void used.add(name.value) });
    const definitions = (operation.variableDefinitions ?? []).filter(({ variable }) => used.has(variable.name.value));
    const given = definitions.map((one) => print({ ...one, directives: [] }));
    const variables = [...used];
    if (entity === undefined)
      return { document: `${kind}${given.length > 0 ? `(${given.join(', ')})` : ''} ${print(asked)}`, variables };
    const body = entity === '_Entity' ? asked : { ...asked, selections: [fragmentOn(entity, asked.selections)] };
    const head = ['$representations: [_Any!]!', ...given].join(', ');
    return { document: `query(${head}) { _entities(representations: $representations) ${print(body)} }`, variables };
  }
}

function typeOf({ where }: AskedSelection): string {
  return where.type;
}

function requiredOf({ selections }: SelectionSetNode, objectTypes: ObjectTypes): readonly RequiredSelection[] {
  return selections.flatMap((one): readonly RequiredSelection[] => {
    if (one.kind === Kind.FRAGMENT_SPREAD) return [];
    if (one.kind === Kind.INLINE_FRAGMENT) {
      const within = requiredOf(one.selectionSet, objectTypes);
      const name = one.typeCondition?.name.value;
      return name === undefined ? within : [{ kind: 'fragment', types: objectTypes(name), selections: within }];
    }
    const key = (one.alias ?? one.name).value;
    const below = one.selectionSet && requiredOf(one.selectionSet, objectTypes);
    const isTyped = one.selectionSet?.selections.some(({ kind }) => kind === Kind.INLINE_FRAGMENT) === true;
    const name = one.name.value;
    return [{ kind: 'field', key, name, selections: below && (isTyped ? [TYPENAME, ...below] : below) }];
  });
}

/** A key and a requirement may name the same field: then it is sent with what both need of it. */
function uniqueFields(all: readonly RequiredSelection[]): readonly RequiredSelection[] {
  const fields = new Map<string, RequiredSelection>();
  for (const one of all) {
    const id = one.kind === 'field' ? one.name : String(fields.size);
    const known = fields.get(id);
    if (known?.kind !== 'field' || one.kind !== 'field') fields.set(id, one);
    else if (known.key !== one.key) throw new Error(`a plan that sends two values for ${one.name} cannot be run`);
    else if (known.selections && one.selections)
      fields.set(id, { ...known, selections: uniqueFields([...known.selections, ...one.selections]) });
  }
  return [...fields.values()];
}

const TYPENAME: RequiredSelection = { kind: 'field', key: '__typename', name: '__typename', selections: undefined };
