import {
  Kind,
  parse,
  type FieldNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { CompiledPlan, FetchNode, Path, PlanNode, Rewrite } from './compiled-plan.ts';
import { rootsOf } from './map-plan.ts';

/**
 * Throws when a plan asks nobody for a field that the operation asks for without any condition: it would be null, and look as if it
 * were so. One planner leaves out what it finds no subgraph for. `document` is the operation as it was planned.
 */
export function checkCompleteness(plan: CompiledPlan, document: string): void {
  const asked = new Set<string>();
  const { operation, fragments } = definitionsOf(document);
  for (const root of rootsOf(plan)) note(root, asked);
  visitFields(operation.selectionSet, { fragments, path: [], isConditional: false }, ({ path, isConditional }) => {
    if (isConditional || path.at(-1) === '__typename' || asked.has(pathKey(path))) return;
    throw new Error(`the plan asks nobody for ${path.join('.')}`);
  });
}

function note(node: PlanNode | undefined, asked: Set<string>): void {
  if (node === undefined) return;
  if (node.kind === 'fetch') noteFetch(node, asked);
  else for (const one of node.kind === 'condition' ? [node.ifTrue, node.ifFalse] : node.nodes) note(one, asked);
}

function noteFetch({ document, target }: FetchNode, asked: Set<string>): void {
  const { operation, fragments } = definitionsOf(document);
  const noteBelow = (selectionSet: SelectionSetNode, at: Path, rewrites: readonly Rewrite[]): void => {
    const names = new Map(rewrites.flatMap((one) => (one.kind === 'rename' ? [[one.from, one.to] as const] : [])));
    const start = at.flatMap((one) => (one.kind === 'key' ? [one.key] : []));
    visitFields(selectionSet, { fragments, path: start, isConditional: false }, ({ path }) => {
      asked.add(pathKey(path));
      asked.add(pathKey(path.map((key) => names.get(key) ?? key)));
    });
  };
  if (target.kind === 'root') {
    noteBelow(operation.selectionSet, target.path, target.outputRewrites);
    return;
  }
  for (const { responseKey, paths, outputRewrites } of target.batches) {
    const entities = operation.selectionSet.selections.find(
      (one) => one.kind === Kind.FIELD && keyOf(one) === responseKey,
    );
    if (entities?.kind !== Kind.FIELD || entities.selectionSet === undefined) continue;
    for (const path of paths) noteBelow(entities.selectionSet, path, outputRewrites);
  }
}

interface Place {
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly path: readonly string[];
  /** Whether there is a directive or the condition of a type on the way: what stands there need not be asked for. */
  readonly isConditional: boolean;
}

function visitFields({ selections }: SelectionSetNode, place: Place, visit: (place: Place) => void): void {
  for (const selection of selections) {
    const isConditional = place.isConditional || isConditioned(selection);
    if (selection.kind === Kind.FIELD) {
      const here = { ...place, path: [...place.path, keyOf(selection)], isConditional };
      visit(here);
      if (selection.selectionSet) visitFields(selection.selectionSet, here, visit);
      continue;
    }
    const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : place.fragments.get(selection.name.value);
    if (fragment) visitFields(fragment.selectionSet, { ...place, isConditional }, visit);
  }
}

function isConditioned(selection: SelectionNode): boolean {
  const directives = selection.directives?.filter(({ name }) => name.value !== 'defer') ?? [];
  if (directives.length > 0 || selection.kind === Kind.FRAGMENT_SPREAD) return true;
  return selection.kind === Kind.INLINE_FRAGMENT && selection.typeCondition !== undefined;
}

function definitionsOf(document: string): {
  readonly operation: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
} {
  const { definitions } = parse(document, { noLocation: true });
  const operation = definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION);
  if (operation === undefined) throw new Error('a document without an operation');
  const fragments = definitions.flatMap((one) =>
    one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one] as const] : [],
  );
  return { operation, fragments: new Map(fragments) };
}

function keyOf({ alias, name }: FieldNode): string {
  return (alias ?? name).value;
}

function pathKey(path: readonly string[]): string {
  return path.join('.');
}
