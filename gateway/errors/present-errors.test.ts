import { expect, it } from '@jest/globals';
import { GraphQLError } from 'graphql';
import { ERROR_CODES } from '../../wire/names.ts';
import { GatewayError, OperationRefused } from './gateway-error.ts';
import { createPresentErrors, type ReportFault } from './present-errors.ts';

function presenter() {
  const reported: Parameters<ReportFault>[0][] = [];
  return { reported, present: createPresentErrors((fault) => void reported.push(fault)) };
}

const shown = (errors: readonly GraphQLError[]) => JSON.parse(JSON.stringify(errors)) as unknown;

it('shows a client its own mistake, with the id of the request', () => {
  const { present, reported } = presenter();

  const { errors, httpStatus } = present.thrown(new GatewayError('CONFLICT', 'taken', { httpStatus: 405 }), 'r1');

  expect(shown(errors)).toEqual([{ message: 'taken', extensions: { code: 'CONFLICT', requestId: 'r1' } }]);
  expect(httpStatus).toBe(405);
  expect(reported).toEqual([]);
});

it.each([
  new GatewayError('SUBGRAPH_TIMEOUT', 'http://10.0.0.1 took 10 s', { fault: 'internal' }),
  new TypeError('cannot read /srv/app'),
  'a string',
])('masks and reports what is not the fault of a client: %s', (thrown) => {
  const { present, reported } = presenter();

  const { errors } = present.thrown(thrown, 'r1');

  expect(JSON.stringify(errors)).not.toMatch(/10\.0\.0\.1|srv|string/);
  expect(reported).toMatchObject([{ requestId: 'r1', cause: thrown }]);
});

it('keeps each reason of a refusal, and leaves out what its extensions hold besides the code', () => {
  const { present } = presenter();
  const reasons = ['a', 'b'].map(
    (name) => new GraphQLError(name, { extensions: { code: 'FORBIDDEN', rule: 'secret' } }),
  );

  const { errors } = present.thrown(new OperationRefused(reasons), 'r1');

  const extensions = { code: 'FORBIDDEN', requestId: 'r1' };
  expect(shown(errors)).toEqual([
    { message: 'a', extensions },
    { message: 'b', extensions },
  ]);
});

it.each(ERROR_CODES)(
  'gives an error of a subgraph with the code %s a code of the contract, and nothing internal',
  (code) => {
    const { present } = presenter();
    const error = new GraphQLError('x', {
      path: ['a', 0],
      extensions: { code, serviceName: 'users', stacktrace: ['at'] },
    });

    const errors = present.executed([error], 'r1');

    expect(errors[0]?.path).toEqual(['a', 0]);
    expect(Object.keys(errors[0]?.extensions ?? {})).toEqual(['code', 'requestId']);
    const isOfTheDocument = /^(GRAPHQL|PERSISTED)_/.test(code);
    expect(errors[0]?.extensions['code']).toBe(isOfTheDocument ? 'INTERNAL_SERVER_ERROR' : code);
  },
);
