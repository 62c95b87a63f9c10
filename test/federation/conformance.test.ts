import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { PLANNERS } from '../../gateway/config/settings.ts';
import type { FakeSubgraph } from '../gateway/support/fake-subgraph.ts';
import { startGateway, type TestGateway } from '../gateway/support/start-gateway.ts';
import { CASES } from './cases.ts';
import type { Exchange, FederationCase } from './support/federation-case.ts';
import { serveCase } from './support/serve-case.ts';

/** The third plans what both do not. */
const FIRST = ['plain', 'hive', 'apollo'] as const;

describe.each(CASES)('$rule', (federationCase: FederationCase) => {
  let subgraphs: readonly FakeSubgraph[];
  beforeAll(async () => {
    subgraphs = await serveCase(federationCase);
  });
  afterAll(() => Promise.all(subgraphs.map(({ stop }) => stop())));

  describe.each(FIRST)('planned by %s first', (planner) => {
    let gateway: TestGateway;
    beforeAll(async () => {
      gateway = await startGateway(subgraphs, { env: { QUERY_PLANNER: planner } });
    });
    afterAll(() => gateway.stop());
    beforeEach(() => subgraphs.forEach(({ received }) => void (received.length = 0)));

    const [refused, planned] = [true, false].map((isRefused) =>
      federationCase.exchanges.filter((one) => isRefusedByAll(one) === isRefused),
    );

    for (const exchange of planned ?? []) {
      it(exchange.fact, async () => {
        expect(await answerTo(exchange)).toEqual(expected(exchange));
      });
    }

    for (const { fact, query, variables } of refused ?? []) {
      it(`is refused: ${fact}`, async () => {
        const { body } = await gateway.post({ query, variables });

        expect(body.data ?? null).toBeNull();
        expect(body.errors?.map(({ extensions }) => extensions.code)).toEqual(['OPERATION_TOO_COMPLEX']);
      });
    }

    async function answerTo({ query, variables, unasked, representations }: Exchange) {
      const { body } = await gateway.post({ query, variables });
      if (body.data === undefined) throw new Error(gateway.logLines.join('\n'));
      return {
        data: body.data,
        errors: (body.errors ?? []).map(({ path, extensions: { code } }) => ({
          ...(path !== undefined && { path }),
          code,
        })),
        needlesslyAsked: unasked?.filter((one) => sentTo(one).length > 0),
        representations:
          representations &&
          Object.fromEntries(
            Object.keys(representations).map((name) => [name, sentTo(name).flatMap(representationsOf)]),
          ),
      };
    }

    function sentTo(name: string): FakeSubgraph['received'] {
      return subgraphs.find((one) => one.name === name)?.received ?? [];
    }
  });
});

function isRefusedByAll({ refusedBy }: Exchange): boolean {
  return PLANNERS.every((planner) => refusedBy?.[planner] !== undefined);
}

/** Every list of representations of a request: there may be several, whatever the planner calls them. */
function representationsOf({ body }: FakeSubgraph['received'][number]): unknown[] {
  return Object.values(body.variables ?? {})
    .filter(Array.isArray)
    .flat();
}

function expected({ data, errors = [], unasked, representations }: Exchange) {
  return { data, errors, needlesslyAsked: unasked && [], representations };
}
