import type pg from 'pg';

/** Any number that nothing else in the events database locks: whoever holds it trims the log. */
const RETENTION_LOCK = 4_207_003;
const BATCH_SIZE = 1_000;
const EVERY_MS = 60_000;

/** The oldest rows alone are looked at: positions grow with time, so behind a row that is to stay there is none to go. */
const TRIM = `
  WITH turn AS MATERIALIZED (SELECT pg_try_advisory_xact_lock($1) AS is_mine),
       oldest AS (SELECT position, logged_at FROM event_log ORDER BY position LIMIT ${BATCH_SIZE})
  DELETE FROM event_log WHERE position IN (
    SELECT position FROM oldest, turn WHERE is_mine AND logged_at < now() - make_interval(secs => $2)
  )`;

export interface LogRetention {
  /** Deletes at most one batch of old events, once a minute, or at once when the batch before was full. Rejects as its query. */
  trimWhenDue(client: Pick<pg.Pool, 'query'>): Promise<void>;
}

/**
 * Lets go of events that have been in the log for longer than `retentionMs`, a little at a time, as publishers come by. Of all
 * publishers one at a time does it.
 */
export function createLogRetention(retentionMs: number, now: () => number): LogRetention {
  let dueAt = 0;
  return {
    async trimWhenDue(client) {
      if (now() < dueAt) return;
      dueAt = now() + EVERY_MS;
      const { rowCount } = await client.query(TRIM, [RETENTION_LOCK, retentionMs / 1000]);
      if (rowCount === BATCH_SIZE) dueAt = 0;
    },
  };
}
