const reasons: Record<number, string> = {
  4400: 'The server did not understand the request',
  4401: 'This subscription needs a sign-in. Choose an account at the top, then run it again',
  4403: 'The sign-in has expired, or is not one that the server accepts. Choose an account at the top, then run it again',
  4408: 'The connection was too slow to start. Run it again',
  4409: 'The server takes this subscription for one that is already running. Run it again',
  4429: 'Too many connections or subscriptions. Stop one, wait a little, then run it again',
  4500: 'Something went wrong at the server',
};

/** Says in plain words why a subscription's connection was closed; `reason` is what the server has sent with the code. */
export function explainClose(code: number, reason: string): string {
  const known = reasons[code];
  if (known === undefined && code < 4000) return 'The connection to the gateway was lost, and could not be restored.';
  const detail = [reason, `close code ${code}`].filter((part) => part !== '').join(', ');
  return `${known ?? 'The server has closed the connection'} (${detail}).`;
}
