import { describe, expect, it } from '@jest/globals';
import { buildSchema, Kind, parse, type OperationDefinitionNode } from 'graphql';
import { jsonTextOf } from '../lib/json.ts';
import { responseKeyOf } from '../lib/response-key.ts';
import { compileProjection } from './compile-projection.ts';
import { IRRECONCILABLE } from './irreconcilable.ts';
import type { ProjectedResult } from './projection.ts';
import type { LocatedError, ResultObject } from './result-tree.ts';
import { SharedObjects } from './shared-objects.ts';

const schema = buildSchema(`
  scalar JSON
  enum Colour { RED GREEN }
  union Found = Book | Film

  interface Medium { id: ID! title: String  similar: [Medium!] }
  interface Rated { stars: Int! }
  type Book implements Medium & Rated { id: ID! title: String similar: [Medium!] stars: Int! pages: Int colour: Colour author: Author }
  type Film implements Medium & Rated { id: ID! title: String similar: [Medium!] stars: Int! minutes: Int! author: Author }
  type Song implements Medium { id: ID! title: String similar: [Medium!] seconds: Float }
  type Author { id: ID! name: String! books: [Book!] first: Book! }

  type Query {
    book: Book
    sureBook: Book!
    books: [Book]
    sureBooks: [Book!]!
    medium: Medium
    media: [Medium]
    found: Found
    author: Author
    grid: [[Int!]]
    cube: [[[String]!]!]
    int: Int  float: Float  string: String  boolean: Boolean  id: ID  colour: Colour  json: JSON
    ids: [ID!]
  }
  type Mutation { rate(stars: Int): Book  clear: Boolean }
`);

function project(
  query: string,
  tree: object,
  { variables = {}, errors = [] }: { variables?: Record<string, unknown>; errors?: readonly LocatedError[] } = {},
): Read {
  const { data, errors: found } = written(query, tree, { variables, errors });
  return { data: JSON.parse(jsonTextOf(data)) as unknown, errors: found };
}

interface Read {
  readonly data: unknown;
  readonly errors: readonly LocatedError[];
}

function written(
  query: string,
  tree: object,
  { variables, errors }: { variables: Record<string, unknown>; errors: readonly LocatedError[] },
): ProjectedResult {
  const answered = { tree: tree as ResultObject, errors };
  const result = projectionOf(query)(answered, variables);
  // Code made for the objects does what is done without.
  expect(projectionOf(query, 0)(answered, variables)).toEqual(result);
  return result;
}

function projectionOf(query: string, generateAfter?: number): ReturnType<typeof compileProjection> {
  const { definitions } = parse(query);
  const definition = definitions.find((one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION);
  if (definition === undefined) throw new Error('no operation');
  const fragments = definitions.flatMap((one) =>
    one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one] as const] : [],
  );
  return compileProjection(schema, { definition, fragments: new Map(fragments) }, responseKeyOf, generateAfter);
}

/** The text tells the order of the fields, too. */
function textOf(query: string, tree: object, variables: Record<string, unknown> = {}): string {
  const { data, errors } = written(query, tree, { variables, errors: [] });
  expect(errors).toEqual([]);
  return jsonTextOf(data);
}

function fault(path: readonly (string | number)[]): object {
  return { message: expect.any(String), path, extensions: { code: 'SUBGRAPH_INVALID_RESPONSE' } };
}

function failedAt(path: readonly (string | number)[] | undefined): LocatedError {
  return { message: 'It is down.', path, extensions: { code: 'SUBGRAPH_UNAVAILABLE' } };
}

/** An author of a book stands at many places. */
function sharing(author: ResultObject): SharedObjects {
  const shared = new SharedObjects();
  shared.add(author, 2);
  return shared;
}

describe('a long result', () => {
  const query = '{ books { id title pages author { id name } } }';
  const author = { id: 'a', name: 'N\u00e9e "O"' };
  const book = (index: number) => ({ id: String(index), title: `\u60a3\u8005 ${index}`, pages: index, author });
  const books = Array.from({ length: 2_000 }, (_, index) => book(index));

  it('is given as bytes, and as the whole answer, however often it is asked for', () => {
    const project = projectionOf(query);
    for (let round = 0; round < 3; round += 1) {
      const { data, answer, errors } = project({ tree: { books }, errors: [], shared: sharing(author) }, {});

      expect(errors).toEqual([]);
      expect(data).toBeInstanceOf(Buffer);
      expect(jsonTextOf(data)).toBe(JSON.stringify({ books }));
      expect(answer?.toString()).toBe(JSON.stringify({ data: { books } }));
    }
  });

  it('has null from where an object that cannot be began, and no whole answer beside its errors', () => {
    const tree = { books: books.map((one, index) => (index === 1_000 ? { ...one, author: { name: 'no id' } } : one)) };

    const { data, answer, errors } = projectionOf(query)({ tree, errors: [] }, {});

    const expected = books.map((one, index) => (index === 1_000 ? { ...one, author: null } : one));
    expect(jsonTextOf(data)).toBe(JSON.stringify({ books: expected }));
    expect(errors).toEqual([fault(['books', 1_000, 'author', 'id'])]);
    expect(answer).toBeUndefined();
  });

  it('leaves those before it as they are', () => {
    const project = projectionOf(query);
    const first = project({ tree: { books }, errors: [] }, {});
    const text = jsonTextOf(first.data);

    for (let round = 0; round < 5; round += 1) project({ tree: { books: [...books].reverse() }, errors: [] }, {});

    expect(jsonTextOf(first.data)).toBe(text);
  });
});

describe('an object that stands at many places', () => {
  const author = { id: 'a', name: 'N' };
  const list = (...authors: object[]) => ({ books: authors.map((one) => ({ author: one })) });
  const query = '{ books { author { id name } } }';

  it('is written as any other', () => {
    const answered = { tree: list(author, author, { id: 'b', name: 'M' }), errors: [], shared: sharing(author) };

    const { data } = projectionOf(query)(answered, {});

    expect(data).toBe(
      '{"books":[{"author":{"id":"a","name":"N"}},{"author":{"id":"a","name":"N"}},{"author":{"id":"b","name":"M"}}]}',
    );
  });

  it('has an error at every place where it does not fit', () => {
    const odd = { id: 'a', name: 1 };
    const answered = {
      tree: list(odd, odd),
      errors: [],
      shared: sharing(odd),
    };

    const { errors } = projectionOf(query)(answered, {});

    expect(errors.map(({ path }) => path)).toEqual([
      ['books', 0, 'author', 'name'],
      ['books', 1, 'author', 'name'],
    ]);
  });
});

describe('the fields of a result', () => {
  it('stand in the order of the request, under their aliases, and nothing else is there', () => {
    const tree = {
      __typename: 'Query',
      planner_0: 1,
      book: { id: '1', __typename: 'Book', t: 'T', pages: 3, _key: 'k' },
    };

    expect(textOf('{ book { pages t: title id } }', tree)).toBe('{"book":{"pages":3,"t":"T","id":"1"}}');
  });

  it('are merged where they are selected more than once', () => {
    const tree = { book: { id: '1', title: 'T', author: { id: 'a', name: 'N' } } };
    const query =
      '{ book { author { id } title } ...Again } fragment Again on Query { book { id author { name } title } }';

    expect(textOf(query, tree)).toBe('{"book":{"author":{"id":"a","name":"N"},"title":"T","id":"1"}}');
  });

  it('are those of the fragments that apply to the type of the object', () => {
    const media = [
      { __typename: 'Book', id: 'b', stars: 1, pages: 9, minutes: 99 },
      { __typename: 'Film', id: 'f', stars: 2, minutes: 90 },
      { __typename: 'Song', id: 's', stars: 3, seconds: 1.5 },
    ];
    const query = `
      { media { ...OfBook ... on Rated { stars } ... { id } ... on Film { minutes } } }
      fragment OfBook on Book { pages }`;

    expect(textOf(query, { media })).toBe(
      '{"media":[{"pages":9,"stars":1,"id":"b"},{"stars":2,"id":"f","minutes":90},{"id":"s"}]}',
    );
  });

  it('may mean different things in different types', () => {
    const query = '{ found { ... on Book { x: pages } ... on Film { x: minutes } } }';

    expect(textOf(query, { found: { __typename: 'Film', x: 90 } })).toBe('{"found":{"x":90}}');
    expect(project(query, { found: { __typename: 'Film', x: null } })).toEqual({
      data: { found: null },
      errors: [fault(['found', 'x'])],
    });
    expect(textOf(query, { found: { __typename: 'Book', x: null } })).toBe('{"found":{"x":null}}');
  });

  it('are taken or left as @skip and @include say, which may change their order', () => {
    const query = `query ($a: Boolean!, $b: Boolean!) {
      book { title @include(if: $a) id ...F @skip(if: $b) ... @include(if: $b) { pages } title }
    } fragment F on Book { colour @include(if: $a) stars @skip(if: true) }`;
    const projected = projectionOf(query);
    const tree = { book: { title: 'T', id: '1', pages: 3, colour: 'RED', stars: 5 } };

    const of = (a: boolean, b: boolean): string => jsonTextOf(projected({ tree, errors: [] }, { a, b }).data);

    expect(of(true, true)).toBe('{"book":{"title":"T","id":"1","pages":3}}');
    expect(of(false, true)).toBe('{"book":{"id":"1","pages":3,"title":"T"}}');
    expect(of(true, false)).toBe('{"book":{"title":"T","id":"1","colour":"RED"}}');
    expect(of(false, false)).toBe('{"book":{"id":"1","title":"T"}}');
    expect(of(true, true)).toBe('{"book":{"title":"T","id":"1","pages":3}}');
  });

  it('are right for every combination of many conditions', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const query = `query (${names.map((name) => `$${name}: Boolean!`).join()}) {
      ${names.map((name) => `${name}: int @include(if: $${name})`).join('\n')} }`;
    const projected = projectionOf(query);
    const tree = Object.fromEntries(names.map((name) => [name, 1]));

    for (let round = 0; round < 130; round += 1) {
      const variables = Object.fromEntries(names.map((name, bit) => [name, ((round >> bit) & 1) === 1]));

      const { data } = projected({ tree, errors: [] }, variables);

      expect(Object.keys(JSON.parse(jsonTextOf(data)) as object)).toEqual(names.filter((name) => variables[name]));
    }
  });

  it('cannot be told when a condition is null: nothing is answered', () => {
    const query = 'query ($a: Boolean = true) { int @include(if: $a) }';

    expect(project(query, { int: 1 }, { variables: { a: null } })).toEqual({
      data: null,
      errors: [{ message: expect.stringContaining('"$a"'), path: undefined, extensions: { code: 'BAD_USER_INPUT' } }],
    });
  });

  it('are plain properties of their own, whatever they are called', () => {
    const query =
      '{ __proto__: int constructor: string book { toString: id __proto__: author { hasOwnProperty: id } } }';
    const tree: unknown = JSON.parse(
      '{"__proto__":7,"constructor":"c","book":{"toString":"1","__proto__":{"hasOwnProperty":"a"}}}',
    );

    expect(textOf(query, tree as object)).toBe(
      '{"__proto__":7,"constructor":"c","book":{"toString":"1","__proto__":{"hasOwnProperty":"a"}}}',
    );
  });

  it('are null, not inherited, where the tree lacks them', () => {
    expect(textOf('{ constructor: json __proto__: json toString: json }', {})).toBe(
      '{"constructor":null,"__proto__":null,"toString":null}',
    );
    expect(textOf('{ valueOf: json }', Object.create(null) as object)).toBe('{"valueOf":null}');
  });
});

describe('__typename', () => {
  it('needs no fetch at the root', () => {
    expect(textOf('{ __typename }', {})).toBe('{"__typename":"Query"}');
    expect(textOf('mutation { a: __typename clear }', { clear: true })).toBe('{"a":"Mutation","clear":true}');
  });

  it('is that of the schema where it leaves no choice, and that of the object elsewhere', () => {
    const tree = {
      book: { __typename: '_Renamed' },
      medium: { __typename: 'Song', t: 'x' },
      found: { __typename: 'Film' },
    };

    expect(textOf('{ book { __typename } medium { t: __typename } found { __typename } }', tree)).toBe(
      '{"book":{"__typename":"Book"},"medium":{"t":"Song"},"found":{"__typename":"Film"}}',
    );
  });

  it.each([
    ['a type that the schema does not have', 'Secret'],
    ['a type that cannot stand there', 'Author'],
    ['no object type', 'Colour'],
    ['a built-in of objects', 'constructor'],
    ['no name', 7],
  ])('is refused when it is %s, and its name is kept back', (_, __typename) => {
    const { data, errors } = project('{ media { id } }', { media: [{ __typename, id: '1' }, null] });

    expect(data).toEqual({ media: [null, null] });
    expect(errors).toEqual([fault(['media', 0])]);
    expect(JSON.stringify(errors)).not.toContain(`${__typename}"`);
  });

  it('may be missing or name the interface where only fields of the interface are asked', () => {
    const media = [{ id: '1' }, { __typename: 'Medium', id: '2' }, { __typename: 'Song', id: '3' }];

    expect(textOf('{ media { id ... on Medium { title } } }', { media })).toBe(
      '{"media":[{"id":"1","title":null},{"id":"2","title":null},{"id":"3","title":null}]}',
    );
  });

  it('may be missing where a fragment asks for what all objects have, whatever they are', () => {
    expect(textOf('{ found { ... on Rated { stars } ... on Medium { title } } }', { found: { stars: 3 } })).toBe(
      '{"found":{"stars":3,"title":null}}',
    );
  });

  it.each([
    '{ medium { id __typename } }',
    '{ medium { id ... on Book { pages } } }',
    '{ medium { ... on Rated { stars } } }',
  ])('must name the type of the object where that decides: %s', (query) => {
    for (const medium of [
      { id: '1', pages: 1, stars: 1 },
      { id: '1', pages: 1, stars: 1, __typename: 'Medium' },
    ])
      expect(project(query, { medium })).toEqual({ data: { medium: null }, errors: [fault(['medium'])] });
  });

  it.each([{ id: '1' }, { id: '1', __typename: 'Medium' }])(
    'may be missing, or that of the interface, without one more error where the fetch that would have told it failed: %j',
    (medium) => {
      const errors = [failedAt(['medium'])];

      expect(project('{ medium { id __typename } }', { medium }, { errors })).toEqual({
        data: { medium: null },
        errors,
      });
    },
  );
});

describe('what two subgraphs gave in shapes that cannot be one', () => {
  it.each([
    ['{ string }', { string: IRRECONCILABLE }, ['string']],
    ['{ int }', { int: IRRECONCILABLE }, ['int']],
    ['{ books { id } }', { books: IRRECONCILABLE }, ['books']],
    ['{ medium { id } }', { medium: IRRECONCILABLE }, ['medium']],
    ['{ json }', { json: IRRECONCILABLE }, ['json']],
    ['{ json }', { json: { a: [IRRECONCILABLE] } }, ['json']],
  ])('is null in %s, and told of once', (query, tree, path) => {
    const [key = ''] = path;
    const errors = [failedAt(path)];

    expect(project(query, tree)).toEqual({ data: { [key]: null }, errors: [fault(path)] });
    expect(project(query, tree, { errors })).toEqual({ data: { [key]: null }, errors });
  });
});

describe('a value of a type', () => {
  it.each<[string, readonly unknown[], readonly unknown[]]>([
    ['int', [0, -1, 2147483647, -2147483648], [2147483648, 1.5, '1', true, {}, [1]]],
    ['float', [0, 1.5, 1e300, -2], [Infinity, NaN, '1', false, {}, []]],
    ['string', ['', 'x'], [1, true, {}, ['x']]],
    ['boolean', [true, false], ['true', 0, {}, []]],
    ['colour', ['RED', 'GREEN'], ['BLUE', 'constructor', 0, {}, ['RED']]],
    ['json', ['x', 1, false, {}, { a: [1] }, []], []],
    ['id', ['x', ''], [1.5, 2 ** 60, true, {}, []]],
  ])('%s is passed on when it fits, and is an error and null when it does not', (field, fitting, others) => {
    for (const value of fitting)
      expect(project(`{ ${field} }`, { [field]: value })).toEqual({ data: { [field]: value }, errors: [] });
    for (const value of others)
      expect(project(`{ ${field} }`, { [field]: value })).toEqual({
        data: { [field]: null },
        errors: [fault([field])],
      });
  });

  it('ID is a string, though subgraphs may write a number', () => {
    expect(project('{ id ids }', { id: 12, ids: [0, '1', -2] }).data).toEqual({ id: '12', ids: ['0', '1', '-2'] });
  });

  it('is not told in the error', () => {
    const { errors } = project('{ colour int }', { colour: 'HIDDEN_BLUE', int: 'patient 7' });

    expect(errors).toHaveLength(2);
    expect(JSON.stringify(errors)).not.toMatch(/HIDDEN_BLUE|patient/);
  });

  it('takes the place of its parent when it does not fit and cannot be null, with one error', () => {
    expect(project('{ book { stars id } }', { book: { stars: 'five', id: {} } })).toEqual({
      data: { book: null },
      errors: [fault(['book', 'stars'])],
    });
  });

  it('is an error where a list is expected and an object came, and the reverse', () => {
    const tree = { books: { id: '1' }, book: [{ id: '1' }], grid: [1, [2]], medium: [], ids: 'x' };

    expect(project('{ books { id } book { id } grid medium { id } ids }', tree)).toEqual({
      data: { books: null, book: null, grid: [null, [2]], medium: null, ids: null },
      errors: [fault(['books']), fault(['book']), fault(['grid', 0]), fault(['medium']), fault(['ids'])],
    });
  });
});

describe('a null where none may be', () => {
  it('makes its nearest nullable parent null, with one error at its own place', () => {
    const tree = { author: { first: { id: '1', stars: null }, name: 'N' }, int: 1 };

    expect(project('{ author { name first { id stars } } int }', tree)).toEqual({
      data: { author: null, int: 1 },
      errors: [fault(['author', 'first', 'stars'])],
    });
  });

  it('reaches through lists, nested ones too', () => {
    const tree = { sureBooks: [{ id: '1' }], grid: [[1, null], [2]], cube: [[['a', null]], [null]] };

    expect(project('{ grid cube }', tree)).toEqual({
      data: { grid: [null, [2]], cube: null },
      errors: [fault(['grid', 0, 1]), fault(['cube', 1, 0])],
    });
    expect(project('{ sureBooks { id stars } }', tree)).toEqual({
      data: null,
      errors: [fault(['sureBooks', 0, 'stars'])],
    });
  });

  it('is also what is missing', () => {
    expect(project('{ sureBook { id } }', {})).toEqual({ data: null, errors: [fault(['sureBook'])] });
    expect(project('{ book { title pages } }', { book: {} })).toEqual({
      data: { book: { title: null, pages: null } },
      errors: [],
    });
  });

  it.each([
    ['equal to', ['author', 'first', 'stars']],
    ['above', ['author']],
    ['below', ['author', 'first', 'stars', 'x', 0]],
    ['at the root of', []],
    ['without a path, above', undefined],
  ])('needs no other error when a fetch left one %s its place', (_, path) => {
    const errors = [failedAt(['int']), failedAt(path)];

    expect(project('{ author { first { stars } } }', { author: { first: {} } }, { errors })).toEqual({
      data: { author: null },
      errors,
    });
  });

  it('needs its own error when those of the fetches stand elsewhere, which come first', () => {
    const errors = [failedAt(['author', 'name']), failedAt(['books', 0, 'stars']), failedAt(['books', 1, 'id'])];

    const result = project('{ books { stars } }', { books: [{}, {}, { stars: 1 }] }, { errors });

    expect(result.data).toEqual({ books: [null, null, { stars: 1 }] });
    expect(result.errors).toEqual([...errors, fault(['books', 1, 'stars'])]);
  });

  it('is told of at most a hundred times', () => {
    const books = Array.from({ length: 1_000 }, () => ({ stars: null }));
    const errors = Array.from({ length: 150 }, (_, index) => failedAt(['int', index]));

    const result = project('{ books { stars } }', { books }, { errors });

    expect(result.data).toEqual({ books: books.map(() => null) });
    expect(result.errors).toHaveLength(250);
  });
});

describe('introspection', () => {
  it('is answered from the API schema, in its place among the other fields', () => {
    const query = `query ($name: String!, $more: Boolean!, $stars: Int) {
      int
      t: __type(name: $name) { ...Kind name @include(if: $more) }
      string
      ...Root
      none: __type(name: "Nothing") { name }
    }
    fragment Kind on __Type { kind }
    fragment Root on Query { s: __schema { queryType { name } } ... on Query { s: __schema { mutationType { ...Kind } } } }`;
    const tree = { string: 'x', int: 1, t: 'not this' };

    expect(textOf(query, tree, { name: 'Book', more: true })).toBe(
      '{"int":1,"t":{"kind":"OBJECT","name":"Book"},"string":"x",' +
        '"s":{"queryType":{"name":"Query"},"mutationType":{"kind":"OBJECT"}},"none":null}',
    );
    expect(textOf(query, tree, { name: 'Colour', more: false })).toContain('"t":{"kind":"ENUM"},');
  });

  it('needs nothing of the tree, and may take any alias', () => {
    expect(textOf('{ __proto__: __type(name: "Book") { name } __typename }', {})).toBe(
      '{"__proto__":{"name":"Book"},"__typename":"Query"}',
    );
  });

  it('is left out when it is skipped', () => {
    const query = 'query ($no: Boolean!) { __schema @skip(if: $no) { types { name } } int }';

    expect(textOf(query, { int: 1 }, { no: true })).toBe('{"int":1}');
  });
});

describe('the tree', () => {
  it('stays as it was: subgraph answers are shared', () => {
    const tree = { books: [{ id: 1, title: null, extra: 1 }, { id: null }], medium: { __typename: 'Nothing' } };
    const before = JSON.stringify(tree);
    const frozen = deeplyFrozen(tree);

    project('{ books { title id } medium { id } __typename __schema { queryType { name } } }', frozen);

    expect(JSON.stringify(frozen)).toBe(before);
  });
});

function deeplyFrozen<Value extends object>(value: Value): Value {
  for (const below of Object.values(value))
    if (typeof below === 'object' && below !== null) deeplyFrozen(below as object);
  return Object.freeze(value);
}
