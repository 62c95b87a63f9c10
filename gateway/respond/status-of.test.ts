import { expect, it } from '@jest/globals';
import { GraphQLError } from 'graphql';
import { ERROR_CODES } from '../../wire/names.ts';
import { statusOf } from './status-of.ts';

const refusal = (code: string, httpStatus?: number) => ({
  errors: [new GraphQLError('no', { extensions: { code } })],
  httpStatus,
});

it.each(ERROR_CODES)('has a status of failure for %s under the media type of GraphQL', (code) => {
  expect(statusOf(refusal(code), 'application/graphql-response+json')).toBeGreaterThanOrEqual(400);
});

it('says 200 under application/json for what is wrong with the operation or its caller', () => {
  expect(statusOf(refusal('GRAPHQL_PARSE_FAILED'), 'application/json')).toBe(200);
  expect(statusOf(refusal('UNAUTHENTICATED'), 'application/json')).toBe(200);
});

it('keeps the status of what is wrong with the server, under either', () => {
  expect(statusOf(refusal('SUBGRAPH_UNAVAILABLE'), 'application/json')).toBe(503);
  expect(statusOf(refusal('INTERNAL_SERVER_ERROR'), 'application/json')).toBe(500);
});

it('keeps the status that HTTP itself has a word for', () => {
  expect(statusOf(refusal('BAD_USER_INPUT', 413), 'application/json')).toBe(413);
});
