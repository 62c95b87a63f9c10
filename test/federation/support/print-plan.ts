import { parse, print } from 'graphql';
import type {
  CompiledPlan,
  ContextualArgument,
  DeferredPlan,
  EntityBatch,
  FetchNode,
  Path,
  PlanNode,
  RequiredSelection,
  Rewrite,
} from '../../../gateway/plan/compiled-plan.ts';

/** Writes a plan as text that people can read and compare. */
export function printPlan({ root, deferred = [] }: CompiledPlan): string {
  return [...(root === undefined ? ['nothing'] : lines(root)), ...deferred.flatMap(deferredLines)].join('\n');
}

function deferredLines({ id, within, after, root }: DeferredPlan): readonly string[] {
  const place = within === undefined ? '' : ` within ${within}`;
  const waits = after.length === 0 ? '' : ` after ${after.join(', ')}`;
  return [`deferred ${id}${place}${waits}`, ...indented(root === undefined ? ['nothing'] : lines(root))];
}

function lines(node: PlanNode): readonly string[] {
  switch (node.kind) {
    case 'sequence':
    case 'parallel':
      return node.nodes.length === 0 ? ['nothing'] : [node.kind, ...indented(node.nodes.flatMap(lines))];
    case 'condition':
      return [
        ...(node.ifTrue === undefined ? [] : [`if $${node.variable}`, ...indented(lines(node.ifTrue))]),
        ...(node.ifFalse === undefined ? [] : [`unless $${node.variable}`, ...indented(lines(node.ifFalse))]),
      ];
    case 'fetch':
      return fetchLines(node);
  }
}

function fetchLines({ id, subgraph, operation, document, variables, target }: FetchNode): readonly string[] {
  const given = variables.length === 0 ? '' : ` with ${variables.map((name) => `$${name}`).join(', ')}`;
  const at = target.kind === 'root' && target.path.length > 0 ? ` at ${pathText(target.path)}` : '';
  const details =
    target.kind === 'root'
      ? target.outputRewrites.map(rewriteText)
      : [...target.batches.flatMap(batchLines), ...(target.contexts ?? []).map(contextText)];
  const named = id === undefined ? '' : `${id}: `;
  return [
    `${named}${operation} ${subgraph}${at}${given}`,
    ...indented([...details, ...print(parse(document)).split('\n')]),
  ];
}

function batchLines(batch: EntityBatch): readonly string[] {
  const { responseKey, representations, paths, requires, inputRewrites, outputRewrites } = batch;
  return [
    `${responseKey}: $${representations} of ${paths.map(pathText).join(' and ')}`,
    ...indented([
      `from ${selectionText(requires)}`,
      ...inputRewrites.map((one) => `before: ${rewriteText(one)}`),
      ...outputRewrites.map((one) => `after: ${rewriteText(one)}`),
    ]),
  ];
}

function contextText({ variable, lookups }: ContextualArgument): string {
  const places = lookups.map(({ levels, types, keys }) => {
    const of = types === undefined ? '' : ` of <${[...types].join('|')}>`;
    return `${keys.join('.')}${of} ${levels} above`;
  });
  return `$${variable} is ${places.join(', or ')}`;
}

function pathText(path: Path): string {
  const text = path.map((segment) => {
    if (segment.kind === 'key') return `.${segment.key}`;
    return segment.kind === 'items' ? '[]' : `<${[...segment.types].join('|')}>`;
  });
  return text.join('').replace(/^\./, '') || 'the root';
}

function selectionText(selections: readonly RequiredSelection[]): string {
  const parts = selections.map((one) => {
    if (one.kind === 'fragment') return `<${[...one.types].join('|')}> ${selectionText(one.selections)}`;
    const name = one.name === one.key ? one.key : `${one.name} = ${one.key}`;
    return one.selections === undefined ? name : `${name} ${selectionText(one.selections)}`;
  });
  return `{ ${parts.join(' ')} }`;
}

function rewriteText(rewrite: Rewrite): string {
  return rewrite.kind === 'set'
    ? `${pathText([...rewrite.path, { kind: 'key', key: rewrite.key }])} = ${JSON.stringify(rewrite.value)}`
    : `${pathText([...rewrite.path, { kind: 'key', key: rewrite.from }])} becomes ${rewrite.to}`;
}

function indented(all: readonly string[]): readonly string[] {
  return all.map((line) => `  ${line}`);
}
