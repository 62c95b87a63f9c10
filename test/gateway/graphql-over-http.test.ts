import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { serverAudits } from 'graphql-http';
import { startFakeSubgraph, type FakeSubgraph } from './support/fake-subgraph.ts';
import { startGateway, type TestGateway } from './support/start-gateway.ts';

let subgraph: FakeSubgraph;
let gateway: TestGateway;

beforeAll(async () => {
  subgraph = await startFakeSubgraph('hello', 'type Query { hello: String! } type Mutation { wave: String! }', {
    Query: { hello: () => 'world' },
    Mutation: { wave: () => 'o/' },
  });
  gateway = await startGateway([subgraph]);
});

afterAll(async () => {
  await gateway.stop();
  await subgraph.stop();
});

const audits = serverAudits({ url: () => `${gateway.url}/graphql`, fetchFn: fetch });

it('is audited in every point that the suite has', () => {
  expect(audits).toHaveLength(61);
});

describe('each audit of GraphQL over HTTP', () => {
  it.each(audits.map((audit) => ({ id: audit.id, name: audit.name, audit })))('$id $name', async ({ audit }) => {
    const result = await audit.fn();

    expect(result).toMatchObject({ status: 'ok' });
  });
});
