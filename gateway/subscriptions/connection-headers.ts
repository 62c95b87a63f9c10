import type { IncomingHttpHeaders } from 'node:http';
import type { ClientHeaders } from '../context.ts';

const CREDENTIALS = ['authorization', 'x-api-key'];

/**
 * The headers that count for a socket: those of its upgrade, with the credentials from the payload of `connection_init`, whose
 * letter case is free. Browsers cannot set headers on a socket, so the payload is where credentials usually are; when it has any,
 * those of the upgrade do not count.
 */
export function connectionHeaders(
  upgrade: IncomingHttpHeaders,
  payload: Readonly<Record<string, unknown>> | undefined,
): ClientHeaders {
  const given = Object.entries(payload ?? {})
    .map(([name, value]) => [name.toLowerCase(), value] as const)
    .filter((entry): entry is [string, string] => CREDENTIALS.includes(entry[0]) && typeof entry[1] === 'string');
  const { 'set-cookie': _setCookie, ...headers } = upgrade;
  const rest = Object.entries(headers as ClientHeaders).filter(
    ([name]) => given.length === 0 || !CREDENTIALS.includes(name),
  );
  return Object.fromEntries([...rest, ...given]);
}
