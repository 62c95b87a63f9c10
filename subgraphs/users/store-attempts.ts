import type { Database } from './store.ts';

export type AttemptStore = ReturnType<typeof createAttemptStore>;

/** Counts attempts per kind and subject within windows of time, over all processes. A window that began before `since` is over. */
export function createAttemptStore(database: Database) {
  return {
    async count(kind: string, subject: string, since: Date): Promise<number> {
      const row = await database.attempt.findUnique({ where: { kind_subject: { kind, subject } } });
      return row === null || row.windowStartedAt <= since ? 0 : row.count;
    },
    /** Adds one and tells how many there are now. */
    async add(kind: string, subject: string, { since, now }: { since: Date; now: Date }): Promise<number> {
      const rows = await database.$queryRaw<{ count: number }[]>`
        INSERT INTO attempt AS mine (kind, subject, count, window_started_at)
        VALUES (${kind}, ${subject}, 1, ${now})
        ON CONFLICT (kind, subject) DO UPDATE SET
          count = CASE WHEN mine.window_started_at <= ${since} THEN 1 ELSE mine.count + 1 END,
          window_started_at = CASE WHEN mine.window_started_at <= ${since} THEN ${now} ELSE mine.window_started_at END
        RETURNING count`;
      return rows[0]?.count ?? 1;
    },
    async clear(kind: string, subject: string): Promise<void> {
      await database.attempt.deleteMany({ where: { kind, subject } });
    },
    /** Forgets windows that began before an instant. */
    async forgetBefore(instant: Date): Promise<void> {
      await database.attempt.deleteMany({ where: { windowStartedAt: { lt: instant } } });
    },
  };
}
