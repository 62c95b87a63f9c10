/** What came of an operation that the page itself sends: its data, or why it was refused, in words to be shown. */
export type Outcome = { data: Record<string, unknown> } | { refusal: string };

/** Sends an operation over HTTP. Rejects when the gateway cannot be reached or does not speak GraphQL. */
export type Post = (
  query: string,
  variables: Record<string, unknown>,
  authorization: string | undefined,
) => Promise<Outcome>;

/** Makes the `Post` of one endpoint. */
export function createPost(url: string, send: typeof fetch): Post {
  return async (query, variables, authorization) => {
    const response = await send(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json, application/json',
        ...(authorization !== undefined && { authorization }),
      },
      body: JSON.stringify({ query, variables }),
    });
    return outcomeOf(await response.json(), response.status);
  };
}

/** Sends as `fetch` does, but says in plain words when the gateway is away or something else has answered for it. */
export async function fetchInPlainWords(input: string | URL | Request, init?: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(input, init);
  } catch (cause) {
    throw new Error('The gateway cannot be reached. Is it still running?', { cause });
  }
  if (/json|multipart\/mixed|event-stream/.test(response.headers.get('content-type') ?? '')) return response;
  throw new Error(`The gateway answered with HTTP ${response.status} and no GraphQL response.`);
}

function outcomeOf(body: unknown, status: number): Outcome {
  const { data, errors } = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  if (Array.isArray(errors) && errors.length > 0) {
    const [first] = errors as unknown[];
    const { message } = (typeof first === 'object' && first !== null ? first : {}) as Record<string, unknown>;
    return { refusal: typeof message === 'string' ? message : `HTTP ${status}` };
  }
  if (typeof data === 'object' && data !== null) return { data: data as Record<string, unknown> };
  return { refusal: `HTTP ${status}` };
}
