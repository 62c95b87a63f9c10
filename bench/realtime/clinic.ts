import type { BenchSubgraph } from '../supergraph.ts';

const link =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@authenticated", "@composeDirective"])';

/** Appointments, whose changes feed subscriptions, and three subgraphs that know more of an appointment. */
export const CLINIC: readonly BenchSubgraph[] = [
  {
    name: 'appointments',
    link,
    typeDefs: `
      extend schema
        @link(url: "https://caregraph.example/events/v1.0", import: ["@eventSource"])
        @composeDirective(name: "@eventSource")
      directive @eventSource(type: String!, resolve: String!, by: String! = "id", subject: String, conflate: Boolean! = false)
        on FIELD_DEFINITION
      type Query { change(id: ID!): Change @authenticated }
      type Subscription {
        changed(appointmentId: ID): Change!
          @authenticated
          @eventSource(type: "appointment.status-changed", resolve: "change", subject: "appointmentId")
      }
      type Change @authenticated { id: ID! status: String! appointment: Appointment! }
      type Appointment @key(fields: "id") @authenticated { id: ID! }
    `,
    resolvers: { Query: { change: (_: unknown, { id }: { id: string }) => changeOf(id) } },
    extended: {},
  },
  ...(['patient', 'doctor', 'room'] as const).map((field) => ({
    name: `${field}s`,
    link,
    typeDefs: `type Appointment @key(fields: "id") @authenticated { id: ID! ${field}: String }`,
    resolvers: {
      Appointment: {
        [field]: ({ id }: { id: string }) => `${field} of ${id}`,
        __resolveReference: (appointment: unknown) => appointment,
      },
    },
    extended: { Appointment: 'id' },
  })),
];

/** What a client of one subgraph, and of all four, subscribes with. */
export const SUBSCRIPTIONS = {
  one: 'subscription Changed($id: ID) { changed(appointmentId: $id) { id status appointment { id } } }',
  four: 'subscription Changed($id: ID) { changed(appointmentId: $id) { id status appointment { id patient doctor room } } }',
} as const;

const SEPARATOR = '~';
let changes = 0;

/** The id of a new change of an appointment, which tells when it is made, in milliseconds since the epoch. */
export function newChangeId(appointment: string): string {
  changes += 1;
  return [appointment, Date.now(), changes, ''].join(SEPARATOR);
}

/** When the change was made whose id stands first in a text, in milliseconds since the epoch. */
export function timeOfChangeIn(text: string): number {
  return Number(text.split(SEPARATOR, 2)[1]);
}

/** What a change shows, all of it: whoever has its id knows the rest. */
export function changeOf(id: string) {
  const [appointment = ''] = id.split(SEPARATOR, 1);
  const [patient, doctor, room] = ['patient', 'doctor', 'room'].map((field) => `${field} of ${appointment}`);
  return { id, status: 'CONFIRMED', appointment: { id: appointment, patient, doctor, room } };
}
