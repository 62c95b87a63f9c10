import { LRUCache } from 'lru-cache';
import type { Operation } from '../context.ts';
import { conditionVariables } from '../lib/condition-variables.ts';

/** Operations that were asked for lately. Of their variables it knows those alone that plans depend on: others may be a patient's. */
export interface RecentOperations {
  note(operation: Operation): void;
  /** The latest come first. */
  list(): readonly Operation[];
}

const MAX_OPERATIONS = 100;

/** Remembers the last hundred operations that came more than once; each with the conditions of its first caller. */
export function createRecentOperations(): RecentOperations {
  const known = new LRUCache<string, Operation>({ max: MAX_OPERATIONS });
  return {
    note: (operation) => {
      if (operation.isNew === true || known.get(operation.key) !== undefined) return;
      const { kind, name, definition, fragments, key } = operation;
      const names = conditionVariables(operation);
      const variables = Object.fromEntries(names.map((one) => [one, operation.variables[one] === true]));
      known.set(key, { kind, name, definition, fragments, key, variables });
    },
    list: () => [...known.values()],
  };
}
