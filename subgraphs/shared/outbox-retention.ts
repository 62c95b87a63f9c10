import type pg from 'pg';

const BATCH_SIZE = 1_000;
const EVERY_MS = 60_000;

/** The oldest rows alone are looked at: rows are published in their order, so behind one that is to stay there is none to go. */
const TRIM = `
  DELETE FROM outbox WHERE sequence IN (
    SELECT sequence FROM (SELECT sequence, published_at FROM outbox ORDER BY sequence LIMIT ${BATCH_SIZE}) AS oldest
    WHERE published_at < now() - make_interval(secs => $1)
  )`;

export interface OutboxRetention {
  /** Deletes at most one batch of old rows, once a minute, or at once when the batch before was full. Rejects as its query. */
  trimWhenDue(client: pg.ClientBase): Promise<void>;
}

/** Lets go of rows that were published longer ago than `retentionMs`. Rows that wait to be published stay, however old. */
export function createOutboxRetention(retentionMs: number, now: () => number): OutboxRetention {
  let dueAt = 0;
  return {
    async trimWhenDue(client) {
      if (now() < dueAt) return;
      dueAt = now() + EVERY_MS;
      const { rowCount } = await client.query(TRIM, [retentionMs / 1000]);
      if (rowCount === BATCH_SIZE) dueAt = 0;
    },
  };
}
