import type { FetchNode } from '../plan/compiled-plan.ts';
import type { ContextGroup } from './collect-by-context.ts';
import { numberedName, templateOf, type Contextual } from './contextual-document.ts';
import type { Batched } from './merge-entities.ts';

/** How many groups of entities one request asks for at most. */
export const MAX_GROUPS = 50;

interface ContextualRequest {
  readonly fetch: FetchNode;
  readonly batched: readonly Pick<Batched, 'batch' | 'entities'>[];
  /** The values that its groups have, as members of a JSON object. */
  readonly members: readonly string[];
}

/**
 * Makes one request of a plan's for several groups of entities: `_entities` once for each, under an alias of its own and with variables
 * of its own. A group without a value is not asked for what takes it.
 */
export function contextualRequest(plan: Contextual, groups: readonly ContextGroup[]): ContextualRequest {
  const { fetch, batch, contexts } = plan;
  const template = templateOf(plan);
  const numbered = groups.map((group, number) => ({ ...group, number, lacking: lackingOf(group) }));
  const asked = numbered.filter(({ lacking }) => template.isAsking(lacking));
  const batched = asked.map(({ entities, number }) => ({
    batch: { ...batch, responseKey: `_${number}`, representations: numberedName(batch.representations, number) },
    entities,
  }));
  const members = asked.flatMap(({ values, number }) =>
    contexts.flatMap(({ variable }, index) => {
      const value = values[index];
      return value === undefined ? [] : [`"${numberedName(variable, number)}":${value}`];
    }),
  );
  const target = { kind: 'entities', batches: batched.map((one) => one.batch) } as const;
  return { fetch: { ...fetch, document: template.document(asked), target }, batched, members };
}

/** Which contextual arguments have no value, by their places: `0 2`. */
function lackingOf({ values }: ContextGroup): string {
  return values.flatMap((value, index) => (value === undefined ? [index] : [])).join(' ');
}
