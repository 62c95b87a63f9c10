/**
 * A consumer is to go on after a position that the log has not reached: it is not the log that the position is from. Going on
 * would pass over events in silence until the log is as long as the old one was.
 */
export class PositionBeyondEndError extends Error {
  override readonly name = 'PositionBeyondEndError';

  constructor(position: bigint, end: bigint) {
    super(
      `cannot go on after position ${position}: the event log ends at ${end}, so it is not the log of that position`,
    );
  }
}
