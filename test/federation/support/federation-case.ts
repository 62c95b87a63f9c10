import type { PlannerName } from '../../../gateway/config/settings.ts';

/** A rule of Federation, with subgraphs small enough to be read and answers that follow from the specifications alone. */
export interface FederationCase {
  /** The directive or the rule; unique. */
  readonly rule: string;
  readonly subgraphs: Readonly<Record<string, CaseSubgraph>>;
  readonly exchanges: readonly Exchange[];
}

export interface CaseSubgraph {
  readonly sdl: string;
  readonly resolvers?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** A subgraph of Federation 1 does not say so: its schema has no `@link`. */
  readonly federation?: 1 | 2;
}

/** An operation and its only right answer. */
export interface Exchange {
  readonly fact: string;
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly data: unknown;
  readonly errors?: readonly ExpectedError[];
  /** Subgraphs that need not be asked, and are not. */
  readonly unasked?: readonly string[];
  /** What subgraphs are sent as representations, in the order of their names. */
  readonly representations?: Readonly<Record<string, readonly unknown[]>>;
  /** Planners whose plan is found out to be wrong, each with its reason: the other one steps in. */
  readonly refusedBy?: Readonly<Partial<Record<PlannerName, string>>>;
}

interface ExpectedError {
  readonly path?: readonly (string | number)[];
  readonly code: string;
}
