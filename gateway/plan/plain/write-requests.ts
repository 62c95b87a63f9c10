import { print, type OperationDefinitionNode } from 'graphql';
import type { EntityBatch, FetchNode, PathSegment, RequiredSelection } from '../compiled-plan.ts';
import { areEqual, type Writing } from './asked-selection.ts';
import { spend, type PlainBudget } from './budget.ts';
import type { FieldSet } from './field-sets.ts';
import type { JointRequest, Lookup } from './join-requests.ts';
import type { PlainRequest, Represented, TakenFromAbove } from './plain-request.ts';
import { variableNameUnlike } from './variable-name.ts';
import type { SubgraphKnowledge } from './subgraph-knowledge.ts';

interface About {
  readonly operation: OperationDefinitionNode;
  readonly knowledge: SubgraphKnowledge;
  /** What several field sets send of one object. */
  readonly sentTogether: (sets: readonly FieldSet[]) => readonly RequiredSelection[];
  readonly budget: PlainBudget;
}

/** Lookups of the same, of objects that are sent alike: one list of them serves all their places. */
interface JointLookup {
  readonly first: Lookup;
  readonly text: string;
  readonly paths: Lookup['path'][];
}

/** Writes the requests of a plan; throws where they ask for more selections than the budget has. */
export function createRequestWriting({ operation, knowledge, sentTogether, budget }: About) {
  const count = (): void => spend(budget, 'selections');
  const { variableDefinitions = [] } = operation;
  const definitions = new Map(
    variableDefinitions.map((one) => [one.variable.name.value, print({ ...one, directives: [] })]),
  );
  const representations = variableNameUnlike(operation, 'representations');

  return ({ subgraph, root, lookups, taken }: JointRequest, id: string | undefined): FetchNode => {
    const document = { count, knowledge, variables: new Set<string>() };
    const written = root === undefined ? entities(lookups, taken, document) : ofRoot(root, document);
    const { operation: kind, text, target, given } = written;
    const variables = [...document.variables].filter((name) => definitions.has(name));
    const declared = [...given, ...variables.flatMap((name) => definitions.get(name) ?? [])];
    const head = `${kind}${declared.length === 0 ? '' : `(${declared.join(' ')})`}`;
    return {
      kind: 'fetch',
      id,
      subgraph,
      operation: kind,
      document: head === 'query' ? `{${text}}` : `${head}{${text}}`,
      operationName: undefined,
      variables,
      target,
    };
  };

  function ofRoot({ path, selection }: PlainRequest, document: Writing) {
    const kind: FetchNode['operation'] = path.length === 0 ? operation.operation : 'query';
    const target = { kind: 'root', path, keys: selection.keys(), outputRewrites: [] } as const;
    return { operation: kind, text: selection.text(document), target, given: [] };
  }

  function entities(lookups: readonly Lookup[], taken: TakenFromAbove | undefined, document: Writing) {
    const joint = jointLookups(lookups, document);
    const isOne = joint.length === 1;
    const written = joint.map(({ first, text, paths }, index) => {
      const responseKey = isOne ? '_entities' : `_e${index}`;
      const list = isOne ? representations : `${representations}${index}`;
      return {
        batch: { responseKey, representations: list, paths, ...batchOf(first.represented, sentTogether) },
        text: `${isOne ? '' : `${responseKey}:`}_entities(representations:$${list}){${text}}`,
        given: `$${list}:[_Any!]!`,
      };
    });
    const contexts = taken?.values.map(({ variable, lookups: places }) => ({ variable, lookups: places }));
    return {
      operation: 'query' as const,
      text: written.map(({ text }) => text).join(' '),
      target: { kind: 'entities', batches: written.map(({ batch }) => batch), contexts } as const,
      given: [
        ...written.map(({ given }) => given),
        ...(taken?.values ?? []).map(({ variable, type }) => `$${variable}:${type}`),
      ],
    };
  }
}

function batchOf(
  { types, sets, calledAs }: Represented,
  sentTogether: About['sentTogether'],
): Omit<EntityBatch, 'responseKey' | 'representations' | 'paths'> {
  const named: PathSegment = { kind: 'type', types };
  return {
    requires: [{ kind: 'fragment', types, selections: sentTogether(sets) }],
    inputRewrites: calledAs === undefined ? [] : [{ kind: 'set', path: [named], key: '__typename', value: calledAs }],
    outputRewrites: [],
  };
}

function jointLookups(lookups: readonly Lookup[], document: Writing): readonly JointLookup[] {
  const joint: JointLookup[] = [];
  for (const lookup of lookups) {
    const { type } = lookup.selection.where;
    const asked = lookup.selection.text(document);
    const text = type === '_Entity' ? asked : `...on ${type}{${asked}}`;
    const same = joint.find((one) => one.text === text && isSentAlike(one.first.represented, lookup.represented));
    if (same === undefined) joint.push({ first: lookup, text, paths: [lookup.path] });
    else same.paths.push(lookup.path);
  }
  return joint;
}

function isSentAlike(one: Represented, other: Represented): boolean {
  return (
    one.calledAs === other.calledAs &&
    one.sets.length === other.sets.length &&
    one.sets.every((set, index) => other.sets[index] === set) &&
    areEqual(one.types, other.types)
  );
}
