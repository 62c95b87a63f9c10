import { describe, expect, it } from '@jest/globals';
import { buildSchema } from 'graphql';
import { fieldsOfHiddenTypes } from './fields-of-hidden-types.ts';

const SEEN = 'interface A { id: ID } type X implements A { id: ID b: B } type Y { id: ID } union B = X | Y';
const QUERY = 'type Query { a: [A!]! b: B x: X text: String }';

describe('fieldsOfHiddenTypes', () => {
  it('names the fields of interfaces and unions some of whose types are hidden, and no others', () => {
    const api = buildSchema(`${QUERY} ${SEEN}`);
    const whole = buildSchema(`${QUERY} ${SEEN} type Spy implements A { id: ID }`);

    expect([...fieldsOfHiddenTypes(api, whole)]).toEqual(['a']);
    expect([...fieldsOfHiddenTypes(api, api)]).toEqual([]);
  });
});
