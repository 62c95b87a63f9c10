import { describe, expect, it } from '@jest/globals';
import { buildSchema } from 'graphql';
import { createObjectTypes } from './object-types.ts';

const schema = buildSchema(`
  type Query { a: A }
  interface A { id: ID } interface B implements A { id: ID }
  type X implements A { id: ID } type Y implements A & B { id: ID }
  union U = X | Y
`);

describe('createObjectTypes', () => {
  it('names the objects of an abstract type, and the type itself for those who know no others', () => {
    const objectTypes = createObjectTypes(schema);

    expect([...objectTypes('A')].sort()).toEqual(['A', 'X', 'Y']);
    expect([...objectTypes('B')].sort()).toEqual(['B', 'Y']);
    expect([...objectTypes('U')].sort()).toEqual(['U', 'X', 'Y']);
    expect([...objectTypes('X')]).toEqual(['X']);
  });

  it('takes a type that the schema lacks for an object', () => {
    expect([...createObjectTypes(schema)('Gone')]).toEqual(['Gone']);
  });
});
