/**
 * Why a planner has no plan: it found none, it took too long, its process ended over it (it aborted, or held too much memory), too
 * many others are waiting, or it cannot be asked at all.
 */
export type NoPlanKind = 'none found' | 'too long' | 'process ended' | 'busy' | 'unavailable';

/** A planner has no plan for an operation; the message, for the log, says what it says itself. */
export class NoPlan extends Error {
  override readonly name = 'NoPlan';
  readonly kind: NoPlanKind;

  constructor(kind: NoPlanKind, message: string) {
    super(message);
    this.kind = kind;
  }
}
