import { describe, expect, it } from '@jest/globals';
import { createPost } from './post-operation.ts';

function answering(body: unknown, status = 200) {
  const sent: (RequestInit | undefined)[] = [];
  const send: typeof fetch = async (_url, init) => {
    sent.push(init);
    return Response.json(body, { status });
  };
  return { post: createPost('http://localhost/graphql', send), sent };
}

describe('an operation of the page itself', () => {
  it('is posted with the authorization, and gives its data', async () => {
    const { post, sent } = answering({ data: { logout: true } });

    const outcome = await post('mutation { logout }', { a: 1 }, 'Bearer one');

    expect(outcome).toEqual({ data: { logout: true } });
    expect(sent[0]?.headers).toMatchObject({ authorization: 'Bearer one', 'content-type': 'application/json' });
    expect(sent[0]?.body).toBe('{"query":"mutation { logout }","variables":{"a":1}}');
  });

  it('sends no authorization header for nobody', async () => {
    const { post, sent } = answering({ data: {} });

    await post('{ a }', {}, undefined);

    expect(sent[0]?.headers).not.toHaveProperty('authorization');
  });

  it.each([
    [{ data: null, errors: [{ message: 'The password is wrong.' }] }, 'The password is wrong.'],
    [{ errors: ['?'] }, 'HTTP 400'],
    ['nonsense', 'HTTP 400'],
    [{ data: null }, 'HTTP 400'],
  ])('is refused by %j in the words: %s', async (body, refusal) => {
    const { post } = answering(body, 400);

    expect(await post('{ a }', {}, undefined)).toEqual({ refusal });
  });
});
