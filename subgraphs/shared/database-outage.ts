/** What Prisma, its driver adapter, node-postgres, PostgreSQL (SQLSTATE) and the socket call it. */
const OUTAGES: ReadonlySet<unknown> = new Set([
  ...['DatabaseNotReachable', 'ConnectionClosed', 'SocketTimeout', 'TooManyConnections'],
  ...['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028', 'P2037'],
  ...['08000', '08003', '08006', '53300', '57P01', '57P02', '57P03'],
  ...['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'ETIMEDOUT', 'EPIPE'],
]);

/** Losses for which node-postgres has words only. */
const OUTAGE_WORDS =
  /Connection terminated|timeout exceeded when trying to connect|not queryable|shutting down|starting up|recovery mode/;

/** Whether an error that came out of a store says that its database is away, or has no connection to spare: it may be back soon. */
export function isDatabaseOutage(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { code, kind, originalCode, message, meta, cause } = error as Readonly<Record<string, unknown>>;
  if ([code, kind, originalCode].some((name) => OUTAGES.has(name))) return true;
  if (typeof message === 'string' && OUTAGE_WORDS.test(message)) return true;
  return (
    isDatabaseOutage(cause) ||
    isDatabaseOutage((meta as { driverAdapterError?: unknown } | undefined)?.driverAdapterError)
  );
}
