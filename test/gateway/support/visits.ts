import type { IncomingHttpHeaders } from 'node:http';
import { decodeJwt } from 'jose';
import { GraphQLError } from 'graphql';
import { IDENTITY_HEADER } from '../../../wire/names.ts';
import { startFakeSubgraph, type FakeSubgraph } from './fake-subgraph.ts';

/** One change of a visit, as the visits subgraph keeps it. */
export interface Change {
  readonly id: string;
  readonly visit: string;
  readonly status: string;
  /** Who may see it, at the time of asking. */
  readonly visibleTo: Set<string>;
  /** Resolves when the subgraph may answer. */
  readonly mayAnswer?: Promise<void>;
}

export interface VisitSubgraphs {
  readonly visits: FakeSubgraph;
  readonly rooms: FakeSubgraph;
  readonly changes: Map<string, Change>;
  /** Those to whom the patients' consents give the records. */
  readonly consents: Set<string>;
}

/** Two subgraphs: visits, whose changes feed subscriptions, and the rooms in which they take place. */
export async function startVisitSubgraphs(): Promise<VisitSubgraphs> {
  const changes = new Map<string, Change>();
  const consents = new Set<string>();
  const visits = await startFakeSubgraph(
    'visits',
    `
    extend schema
      @link(url: "https://caregraph.example/events/v1.0", import: ["@eventSource"])
      @federation__composeDirective(name: "@eventSource")
    directive @eventSource(type: String!, resolve: String!, by: String! = "id", subject: String, conflate: Boolean! = false)
      on FIELD_DEFINITION
    type Query { change(id: ID!): Change @authenticated hello: String }
    type Mutation { touch: String @authenticated }
    type Subscription {
      changed(visitId: ID): Change!
        @authenticated
        @eventSource(type: "appointment.status-changed", resolve: "change", subject: "visitId")
      state(visitId: ID): Change!
        @authenticated
        @eventSource(type: "appointment.status-changed", resolve: "change", subject: "visitId", conflate: true)
      ticks: Int
    }
    type Change @authenticated { id: ID! status(loud: Boolean): String broken: String record: String staffNote: String @policy(policies: [["role:DOCTOR"]]) visit: Visit! }
    type Visit @key(fields: "id") @authenticated { id: ID! }
    `,
    {
      Query: {
        hello: () => 'world',
        change: async (_: unknown, { id }: { id: string }, headers: IncomingHttpHeaders) => {
          const change = changes.get(id);
          await change?.mayAnswer;
          return change?.visibleTo.has(subjectOf(headers)) === true ? { ...change, visit: { id: change.visit } } : null;
        },
      },
      Mutation: { touch: (_: unknown, _args: unknown, headers: IncomingHttpHeaders) => subjectOf(headers) },
      Change: {
        status: ({ status }: Change, { loud }: { loud?: boolean }) => (loud === true ? status.toUpperCase() : status),
        record: ({ id }: Change, _args: unknown, headers: IncomingHttpHeaders) =>
          consents.has(subjectOf(headers)) ? `record of ${id}` : null,
        staffNote: ({ id }: Change) => `note of ${id}`,
        broken: () => {
          throw new GraphQLError('relation "visits" does not exist');
        },
      },
    },
  );
  const rooms = await startFakeSubgraph(
    'rooms',
    'type Query { rooms: Int } type Visit @key(fields: "id") @authenticated { id: ID! room: String }',
    { Visit: { room: ({ id }: { id: string }) => `room of ${id}`, __resolveReference: (visit: unknown) => visit } },
  );
  return { visits, rooms, changes, consents };
}

function subjectOf(headers: IncomingHttpHeaders): string {
  return decodeJwt(String(headers[IDENTITY_HEADER])).sub ?? 'nobody';
}
