import {
  getNamedType,
  isInterfaceType,
  isObjectType,
  Kind,
  parse,
  print,
  visit,
  type DefinitionNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { CompiledPlan, FetchNode, PlanNode } from './compiled-plan.ts';
import { mapFetches } from './map-plan.ts';
import { strangersKey, type ForeignTypes } from './level-abstract-types.ts';

/**
 * Takes out of a plan what it asks subgraphs of types that they do not have, and can therefore never return: see
 * `level-abstract-types.ts`. `schema` is the supergraph.
 */
export function forgetForeignTypes(plan: CompiledPlan, foreign: ForeignTypes, schema: GraphQLSchema): CompiledPlan {
  const names = new Set([...foreign.unknown.values(), ...foreign.strangers.values()].flatMap((some) => [...some]));
  const changed = (from: FetchNode): PlanNode => {
    return [...names].some((name) => from.document.includes(name)) ? forget(from, foreign, schema) : from;
  };
  return mapFetches(plan, changed);
}

function forget(fetch: FetchNode, foreign: ForeignTypes, schema: GraphQLSchema): FetchNode {
  const document = parse(fetch.document, { noLocation: true });
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const one of document.definitions) if (one.kind === Kind.FRAGMENT_DEFINITION) fragments.set(one.name.value, one);

  const isForeign = (condition: string | undefined, enclosing: string | undefined): boolean =>
    condition !== undefined &&
    (foreign.unknown.get(fetch.subgraph)?.has(condition) === true ||
      foreign.strangers.get(strangersKey(fetch.subgraph, enclosing ?? ''))?.has(condition) === true);

  const kept = ({ selections }: SelectionSetNode, enclosing: string | undefined): SelectionSetNode => {
    const rest = selections.flatMap((one): readonly SelectionNode[] => {
      if (one.kind === Kind.FRAGMENT_SPREAD)
        return isForeign(fragments.get(one.name.value)?.typeCondition.name.value, enclosing) ? [] : [one];
      if (one.kind === Kind.FIELD)
        return [one.selectionSet ? { ...one, selectionSet: kept(one.selectionSet, typeOf(one, enclosing)) } : one];
      const condition = one.typeCondition?.name.value;
      if (isForeign(condition, enclosing)) return [];
      return [{ ...one, selectionSet: kept(one.selectionSet, condition ?? enclosing) }];
    });
    return { kind: Kind.SELECTION_SET, selections: rest.length === 0 ? [TYPENAME] : rest };
  };

  const typeOf = ({ name }: FieldNode, enclosing: string | undefined): string | undefined => {
    const type = enclosing === undefined ? undefined : schema.getType(enclosing);
    const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[name.value] : undefined;
    return field && getNamedType(field.type).name;
  };

  const rest = document.definitions.map((one) => {
    if (one.kind === Kind.FRAGMENT_DEFINITION)
      return { ...one, selectionSet: kept(one.selectionSet, one.typeCondition.name.value) };
    if (one.kind !== Kind.OPERATION_DEFINITION) return one;
    return { ...one, selectionSet: kept(one.selectionSet, schema.getRootType(one.operation)?.name) };
  });
  return withUsedAlone(fetch, { ...document, definitions: rest });
}

/** Leaves out fragments and variables that nothing uses any more: a subgraph would refuse them. */
function withUsedAlone(fetch: FetchNode, document: DocumentNode): FetchNode {
  const operation = document.definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION);
  if (operation === undefined) return fetch;
  const variables = new Set<string>();
  const spread = new Set<string>();
  const note = (from: OperationDefinitionNode | FragmentDefinitionNode): void => {
    visit(from.selectionSet, {
      [Kind.VARIABLE]: ({ name }) => void variables.add(name.value),
      [Kind.FRAGMENT_SPREAD]: ({ name }) => {
        const fragment = document.definitions.find(
          (one) => one.kind === Kind.FRAGMENT_DEFINITION && one.name.value === name.value,
        );
        if (fragment?.kind !== Kind.FRAGMENT_DEFINITION || spread.has(name.value)) return;
        spread.add(name.value);
        note(fragment);
      },
    });
  };
  note(operation);
  const definitions = document.definitions.flatMap((one): readonly DefinitionNode[] => {
    if (one.kind === Kind.FRAGMENT_DEFINITION) return spread.has(one.name.value) ? [one] : [];
    if (one.kind !== Kind.OPERATION_DEFINITION) return [one];
    const declared = one.variableDefinitions?.filter(({ variable }) => variables.has(variable.name.value));
    return [{ ...one, ...(declared && { variableDefinitions: declared }) }];
  });
  return {
    ...fetch,
    target: withContexts(fetch.target, variables),
    document: print({ ...document, definitions }),
    variables: fetch.variables.filter((name) => variables.has(name)),
  };
}

function withContexts(target: FetchNode['target'], variables: ReadonlySet<string>): FetchNode['target'] {
  if (target.kind === 'root' || target.contexts === undefined) return target;
  return { ...target, contexts: target.contexts.filter(({ variable }) => variables.has(variable)) };
}

const TYPENAME: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };
