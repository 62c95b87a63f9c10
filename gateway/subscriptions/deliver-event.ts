import type { LoggedEvent } from '../../wire/domain-event.ts';
import type { OperationResult } from '../context.ts';
import type { SubscriberIndex } from './subscriber-index.ts';

/**
 * Hands an event to those who wait for it. What it shows is asked once for all subscribers with the same operation, variables and
 * caller, again for every event: who may see what can change at any time. Returns at once; each subscriber gets answers in the
 * order of the events, whichever comes first.
 */
export function deliverEvent(index: SubscriberIndex, event: LoggedEvent): void {
  const answers = new Map<string, Promise<OperationResult | undefined>>();
  for (const { shareKey, resolve, push } of index.find(event)) {
    const answer = answers.get(shareKey) ?? resolve(event);
    answers.set(shareKey, answer);
    push(answer, event);
  }
}
