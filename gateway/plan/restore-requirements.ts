import { Kind, parse, print, visit, type FieldNode } from 'graphql';
import type { CompiledPlan, EntityBatch, FetchNode, PlanNode, RequiredSelection } from './compiled-plan.ts';
import { mapFetches } from './map-plan.ts';
import type { SeparatedSupergraph } from './separate-requirements.ts';
import { splitClashingFetch } from './split-clashing-fetch.ts';

/** Makes what can be sent of a plan for a supergraph whose requirements were separated: see `separate-requirements.ts`. */
export function restoreRequirements(plan: CompiledPlan, separated: SeparatedSupergraph): CompiledPlan {
  const { requiredFields } = separated;
  const changed = (from: FetchNode): PlanNode => {
    return inParallel(splitClashingFetch(from, separated).map(fetch));
  };

  const fetch = (from: FetchNode): FetchNode => {
    const isConcerned = [...requiredFields.keys()].some((name) => from.document.includes(name));
    const document = isConcerned ? withArguments(from.document) : from.document;
    if (from.target.kind === 'root') return { ...from, document };
    return { ...from, document, target: { ...from.target, batches: from.target.batches.map(batch) } };
  };

  const batch = (from: EntityBatch): EntityBatch => ({ ...from, requires: from.requires.map(required) });

  const required = (from: RequiredSelection): RequiredSelection => {
    const selections = from.selections?.map(required);
    if (from.kind === 'fragment') return { ...from, selections: selections ?? [] };
    return { ...from, name: requiredFields.get(from.name)?.name ?? from.name, selections };
  };

  /** The field that is meant, with its arguments, under the key that the plan knows it by. */
  const withArguments = (document: string): string => {
    const enter = (field: FieldNode): FieldNode | undefined => {
      const meant = requiredFields.get(field.name.value);
      if (meant === undefined) return undefined;
      const name = { kind: Kind.NAME, value: meant.name } as const;
      return { ...field, alias: field.alias ?? field.name, name, arguments: meant.arguments };
    };
    return print(visit(parse(document, { noLocation: true }), { [Kind.FIELD]: { enter } }));
  };

  return mapFetches(plan, changed);
}

function inParallel(nodes: readonly PlanNode[]): PlanNode {
  const [first, ...others] = nodes;
  return first !== undefined && others.length === 0 ? first : { kind: 'parallel', nodes };
}
