import type { EventType } from './names.ts';

/**
 * Something that happened in a subgraph, in the attributes of CloudEvents 1.0. `subject` is the id of the entity that it is
 * about, `audience` the ids of the users whom it concerns, `data` ids and status: never clinical content.
 */
export interface DomainEvent {
  readonly id: string;
  readonly type: EventType;
  readonly source: string;
  readonly subject: string;
  /** RFC 3339, UTC. */
  readonly time: string;
  readonly audience: readonly string[];
  readonly data: Readonly<Record<string, string | null>>;
}

/** A domain event at its place in the log; positions grow in the order in which the events became visible. */
export interface LoggedEvent extends DomainEvent {
  readonly position: bigint;
}
