import type { GraphQLError, GraphQLSchema } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Operation, WrittenResult } from '../context.ts';
import type { Deferral, Increment, TakeParts } from '../deferral.ts';
import { AbortSwitch, type AbortNotice } from '../lib/abort-notice.ts';
import type { CompiledPlan } from '../plan/compiled-plan.ts';
import { compileDeferral, type CompiledDeferral } from './compile-deferral.ts';
import { atClientPaths, graphqlError } from './error-places.ts';
import { followingFragments } from './following-fragments.ts';
import { runDeferring, type DeferringRun } from './run-deferring.ts';
import type { Send } from './run.ts';
import type { WrittenFragment } from './write-fragment.ts';

/** One request for an answer in pieces. */
export interface PartsTask {
  readonly plan: CompiledPlan;
  readonly operation: Pick<Operation, 'fragments' | 'variables'>;
  readonly deferral: Deferral;
  /** Sends requests as long as somebody needs the answers. */
  readonly sendUntil: (signal: AbortNotice) => Send;
  readonly parts: TakeParts;
  /** Aborts when nobody waits for the rest any more. */
  readonly signal: AbortNotice;
  readonly present: (errors: readonly GraphQLError[]) => readonly GraphQLError[];
  /** Told when what is answered first is there, before the client is. */
  readonly onFirst: () => void;
}

const MAX_COMPILED = 1_000;

/**
 * Builds what answers an operation in pieces: first what is not deferred, then each deferred fragment when all that it needs is there,
 * those together that are ready together. Resolves with the first piece and all errors when everything has been sent; where nothing
 * follows, nothing has been sent, and what it resolves with is the whole answer.
 */
export function createAnswerInParts(schema: GraphQLSchema): (task: PartsTask) => Promise<WrittenResult> {
  const compiled = new LRUCache<string, CompiledDeferral>({ max: MAX_COMPILED });
  const compiledOf = ({ deferral, operation }: PartsTask): CompiledDeferral => {
    const known = compiled.get(deferral.key);
    if (known !== undefined) return known;
    const fresh = compileDeferral(schema, deferral, operation.fragments);
    compiled.set(deferral.key, fresh);
    return fresh;
  };

  return async (task) => {
    const { plan, operation, signal } = task;
    const over = new AbortSwitch();
    const abort = (): void => over.abort();
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
    try {
      return await answer(task, compiledOf(task), runDeferring(plan, operation.variables, task.sendUntil(over)));
    } finally {
      signal.removeEventListener('abort', abort);
      // What was asked for objects that turned out to be null.
      abort();
    }
  };
}

async function answer(task: PartsTask, shapes: CompiledDeferral, run: DeferringRun): Promise<WrittenResult> {
  const { plan, operation, deferral, parts, signal, present } = task;
  const answered = await run.first;
  task.onFirst();
  const { tree } = answered;
  const clientPath = shapes.clientPathIn(tree, operation.variables);
  const located = atClientPaths(answered.errors, clientPath);
  const projected = shapes.first({ ...answered, errors: located }, operation.variables);
  const errors = [...present(projected.errors.map(graphqlError))];
  const first: WrittenResult = { data: projected.data, ...(errors.length > 0 && { errors: [...errors] }) };
  const following = followingFragments({
    run,
    shapes: shapes.fragments,
    clientPath,
    tree,
    fragments: deferral.fragments,
    interfaces: plan.interfaces,
  });
  following.begin(projected);
  if (!following.isDue()) return first;
  /** Read through a call, because it changes while something is awaited. */
  const isOver = (): boolean => signal.aborted;
  await parts.first(first);
  while (following.isDue() && !isOver()) {
    const increments = (await following.next()).map((one) => incrementOf(one, present));
    errors.push(...increments.flatMap((one) => one.errors ?? []));
    const isLast = !following.isDue();
    if (!isOver() && (isLast || increments.length > 0)) await parts.next(increments, !isLast);
  }
  return errors.length === 0 ? first : { ...first, errors };
}

function incrementOf(
  { fragment: { label }, path, data, errors: located }: WrittenFragment,
  present: PartsTask['present'],
): Increment {
  const errors = present(located.map(graphqlError));
  return { label, path, data, ...(errors.length > 0 && { errors }) };
}
