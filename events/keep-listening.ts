import pg from 'pg';
import { createAlarm } from './alarm.ts';
import { keepTrying, type Trying } from './keep-trying.ts';

const QUERY_TIMEOUT_MS = 10_000;
const GOODBYE_MS = 1_000;

export interface ListenOptions {
  readonly connectionString: string;
  /** Shown in `pg_stat_activity`. */
  readonly applicationName: string;
  readonly channel: string;
  /** How often `work` runs without a notification, in milliseconds: the net under a notification that got lost. */
  readonly pollMs: number;
  /** How long to rest after each `work`, in milliseconds, so that one answers many notifications; none when it is left out. */
  readonly restMs?: number;
  /**
   * Catches up with what there is, on the listening connection. Runs after connecting, at every notification and every `pollMs`,
   * never twice at once. When it throws, the connection is dropped and everything starts again after a pause.
   */
  work(client: pg.Client, signal: AbortSignal): Promise<void>;
  onFailure(cause: unknown): void;
}

/** Keeps one PostgreSQL connection LISTENing and its owner caught up, through every loss of the connection. */
export function keepListening(options: ListenOptions): Trying {
  return keepTrying({
    session: (signal, onWorking) => listen(options, signal, onWorking),
    onFailure: (cause) => options.onFailure(cause),
  });
}

async function listen(options: ListenOptions, signal: AbortSignal, onCaughtUp: () => void): Promise<void> {
  const client = new pg.Client({
    connectionString: options.connectionString,
    application_name: options.applicationName,
    keepAlive: true,
    connectionTimeoutMillis: QUERY_TIMEOUT_MS,
    query_timeout: QUERY_TIMEOUT_MS,
  });
  const [alarm, rest] = [createAlarm(), createAlarm()];
  const losses: Error[] = [];
  const onLoss = (cause: Error = new Error('the connection was closed')): void => {
    losses.push(cause);
    alarm.ring();
  };
  client.on('error', onLoss);
  client.on('end', () => onLoss());
  client.on('notification', () => alarm.ring());
  try {
    await client.connect();
    await client.query(`LISTEN ${client.escapeIdentifier(options.channel)}`);
    while (!signal.aborted) {
      await options.work(client, signal);
      onCaughtUp();
      if (options.restMs !== undefined) await rest.sleep(options.restMs, signal);
      await alarm.sleep(options.pollMs, signal);
      if (losses[0] !== undefined) throw losses[0];
    }
  } finally {
    await sayGoodbye(client);
  }
}

/** A peer that is gone without a word never confirms the end, so it gets a second to do so. */
async function sayGoodbye(client: pg.Client): Promise<void> {
  const patience = new AbortController();
  const ended = client.end().catch(() => undefined);
  await Promise.race([ended, createAlarm().sleep(GOODBYE_MS, patience.signal)]);
  patience.abort();
}
