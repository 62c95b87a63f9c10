import { setTimeout as wait } from 'node:timers/promises';
import { Kind, validate, type GraphQLSchema } from 'graphql';
import type { Operation } from '../context.ts';
import { giveWay } from '../lib/give-way.ts';
import { usedFragments } from './used-fragments.ts';

interface Options {
  readonly plan: (operation: Operation) => unknown;
  /** What clients may ask now: operations of another schema may not be valid any more. */
  readonly schema: GraphQLSchema;
  readonly limitMs: number;
}

/**
 * Plans operations before anybody waits for it, one after the other, so that those who do wait are hardly held up. Resolves when the
 * last is planned or refused, or the time is over.
 */
export async function warmUp(operations: readonly Operation[], { plan, schema, limitMs }: Options): Promise<void> {
  const isOver = new AbortController();
  const planAll = async (): Promise<void> => {
    for (const operation of operations) {
      await giveWay();
      if (isOver.signal.aborted) return;
      // Whoever asks for it is told why there is no plan.
      if (isValid(operation, schema)) await Promise.resolve(plan(operation)).catch(() => undefined);
    }
  };
  const timeIsOver = wait(limitMs, undefined, { signal: isOver.signal }).catch(() => undefined);
  await Promise.race([planAll(), timeIsOver]);
  isOver.abort();
}

function isValid(operation: Operation, schema: GraphQLSchema): boolean {
  const definitions = [operation.definition, ...usedFragments(operation)];
  return validate(schema, { kind: Kind.DOCUMENT, definitions }, undefined, { maxErrors: 1 }).length === 0;
}
