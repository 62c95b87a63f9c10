import { describe, expect, it } from '@jest/globals';
import { connection, pageRequest } from './connection.ts';

const rows = ['a', 'b', 'c', 'd'].map((id) => ({ id, name: `name ${id}` }));
const keysOf = ({ id, name }: { id: string; name: string }): readonly string[] => [name, id];

describe('connection', () => {
  it('tells by the row beyond the limit that there is more', () => {
    const page = connection(rows.slice(0, 3), pageRequest({ first: 2 }, 2), 4, keysOf);

    expect(page.totalCount).toBe(4);
    expect(page.edges.map(({ node }) => node.id)).toEqual(['a', 'b']);
    expect(page.pageInfo).toEqual({ hasNextPage: true, endCursor: page.edges[1]?.cursor });
  });

  it('goes on after the last cursor', () => {
    const first = connection(rows.slice(0, 3), pageRequest({ first: 2 }, 2), 4, keysOf);

    const request = pageRequest({ first: 2, after: first.pageInfo.endCursor }, 2);

    expect(request).toEqual({ limit: 2, after: ['name b', 'b'] });
  });

  it('is empty without rows, and for none', () => {
    const empty = { edges: [], pageInfo: { hasNextPage: false, endCursor: null } };

    expect(connection([], pageRequest({ first: 10 }, 2), 0, keysOf)).toMatchObject(empty);
    expect(connection(rows.slice(0, 1), pageRequest({ first: 0 }, 2), 4, keysOf)).toMatchObject({
      edges: [],
      pageInfo: { hasNextPage: true, endCursor: null },
    });
  });
});

describe('pageRequest', () => {
  it.each([-1, 101])('refuses %p rows', (first) => {
    expect(() => pageRequest({ first }, 1)).toThrow('"first" must be from 0 to 100.');
  });

  it.each([
    ['nothing', ''],
    ['no base64', '***'],
    ['no JSON', encode('name')],
    ['no list', encode('{"0":"a"}')],
    ['too few keys', encode('["a"]')],
    ['keys that are no texts', encode('["a",{"gt":""}]')],
  ])('refuses a cursor that holds %s', (_, after) => {
    expect(() => pageRequest({ first: 10, after }, 2)).toThrow(
      '"after" must be a cursor that an earlier page of this list gave.',
    );
  });
});

function encode(text: string): string {
  return Buffer.from(text).toString('base64url');
}
