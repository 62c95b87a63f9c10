/** What a client may choose as its request's id: short, and harmless in a log, a header or a shell. */
const SAFE = /^[A-Za-z0-9._-]{1,64}$/;

/** The id that a client sent, when it is safe to repeat; a new one otherwise. */
export function requestIdFrom(header: string | string[] | undefined, newId: () => string): string {
  return typeof header === 'string' && SAFE.test(header) ? header : newId();
}
