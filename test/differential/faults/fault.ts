import { createRandom, type Random } from '../generate/create-random.ts';
import type { Reply, SubgraphRequest } from '../made-up/serve-subgraph.ts';

/** What goes wrong with a subgraph's answers, one thing for each operation and subgraph. */
export const FAULT_KINDS = [
  'connection reset',
  'HTML',
  'nothing',
  'half of the JSON',
  'no GraphQL response',
  'an error for all of it',
  'an error for one field',
  'no entities',
  'too few entities',
  'a value of a wrong type',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

/** Stands in everything that a client must never read. */
export const SECRET = 'db-7.internal:5432';

export interface Fault {
  readonly kind: FaultKind;
  /** Whether all requests of the operation to the subgraph go wrong, or about half of them. */
  readonly isForAll: boolean;
  readonly seed: number;
}

/** An answer that was spoilt, and the code of the error that a client must find where something is missing for it. */
export interface Spoilt {
  readonly reply: Reply;
  readonly code: string;
}

/** Draws what goes wrong with a subgraph during an operation; undefined for a subgraph that is well. The same for the same seed. */
export function drawFault(seed: number, subgraph: string): Fault | undefined {
  const random = createRandom(seed ^ numberOf(subgraph));
  if (random.chance(0.4)) return undefined;
  return { kind: random.pick(FAULT_KINDS), isForAll: random.chance(0.6), seed: random.below(2 ** 31) };
}

/** The random numbers of one request; undefined where it is spared. Equal requests have the same, in whatever order they come. */
export function randomFor({ isForAll, seed }: Fault, { query, variables }: SubgraphRequest): Random | undefined {
  const random = createRandom(seed ^ numberOf(query + JSON.stringify(variables ?? {})));
  return isForAll || random.chance(0.5) ? random : undefined;
}

function numberOf(text: string): number {
  let number = 0;
  for (let index = 0; index < text.length; index += 1) number = (Math.imul(number, 31) + text.charCodeAt(index)) | 0;
  return number;
}
