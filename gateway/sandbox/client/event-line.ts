import type { SubscriptionResult } from './open-subscription.ts';

/**
 * What an event says, in one line: its values with their fields' names, or the messages of its errors; of a notice that events may
 * be missing, what to do.
 */
export function eventLine({ data, errors, extensions }: SubscriptionResult): string {
  if (extensions?.['resume'] === 'RESUME_GAP') return 'Events may be missing here: run a query for the present state.';
  const problems = (errors ?? []).map(({ message }) => message);
  return [...problems, ...leaves(data, '')].join(' · ');
}

function leaves(value: unknown, field: string): string[] {
  if (value === null || value === undefined) return [];
  if (Array.isArray(value)) return value.flatMap((item) => leaves(item, field));
  if (typeof value === 'object') return Object.entries(value).flatMap(([name, inner]) => leaves(inner, name));
  return [`${field} ${typeof value === 'string' ? value : JSON.stringify(value)}`];
}
