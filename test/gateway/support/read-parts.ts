/** A part of an answer that comes in pieces (incremental delivery, August 2022). */
export interface Part {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly PartError[];
  readonly incremental?: readonly Increment[];
  readonly hasNext: boolean;
}

export interface Increment {
  readonly label?: string;
  readonly path: readonly (string | number)[];
  readonly data: Record<string, unknown> | null;
  readonly errors?: readonly PartError[];
}

interface PartError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: { readonly code: string };
}

/** The format, as the `accept` field names it. */
export const INCREMENTAL = 'multipart/mixed;deferSpec=20220824';

/** Sends a request as clients do that take answers in pieces. */
export function askInParts(url: string, body: object, init: RequestInit = {}): Promise<Response> {
  const accept = `${INCREMENTAL},application/json`;
  return fetch(`${url}/graphql`, {
    ...init,
    method: 'POST',
    headers: { 'content-type': 'application/json', accept, ...(init.headers as Record<string, string>) },
    body: JSON.stringify(body),
  });
}

/** Reads a multipart response part by part, each as soon as it is whole. */
export async function* readParts(response: Response): AsyncGenerator<Part, undefined, undefined> {
  const boundary = /boundary=([^;]+)/.exec(response.headers.get('content-type') ?? '')?.[1];
  if (boundary === undefined || response.body === null) throw new Error('the response has no parts');
  const delimiter = `\r\n--${boundary}`;
  const decoder = new TextDecoder();
  let text = '\r\n';
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    text += decoder.decode(chunk, { stream: true });
    for (let end = text.indexOf(delimiter); end !== -1; end = text.indexOf(delimiter)) {
      const part = text.slice(0, end);
      text = text.slice(end + delimiter.length);
      const body = part.indexOf('\r\n\r\n');
      if (body !== -1) yield JSON.parse(part.slice(body + 4)) as Part;
    }
  }
  if (text !== '--\r\n') throw new Error(`the response ends with ${JSON.stringify(text)}`);
}

/** All parts of an answer. */
export async function allParts(response: Response): Promise<Part[]> {
  const parts: Part[] = [];
  for await (const part of readParts(response)) parts.push(part);
  return parts;
}
