import { readFileSync } from 'node:fs';
import { GraphQLError } from 'graphql';
import { ROLES } from '../../../wire/identity.ts';
import { SUBGRAPH_NAMES } from '../../../wire/names.ts';
import { at, row, type Row } from '../market/market-rows.ts';
import type { Args, FieldRule, MadeUpGraph } from '../made-up/made-up-graph.ts';
import { careGraphMutations } from './caregraph-mutations.ts';
import {
  careGraphRows,
  UNKNOWN_DOCTOR,
  UNKNOWN_PRODUCT,
  UNKNOWN_WORKPLACE,
  type CareGraphRows,
} from './caregraph-rows.ts';

/** Our own platform as its six subgraphs describe it, over made-up data; made anew on every call. */
export function createCareGraph(): MadeUpGraph {
  const rows = careGraphRows();
  return {
    subgraphs: SUBGRAPH_NAMES.map((name) => ({
      name,
      sdl: readFileSync(new URL(`../../../subgraphs/${name}/schema.graphql`, import.meta.url), 'utf8'),
    })),
    // Mutations add to them.
    get rows() {
      return Object.values(rows).flat() as Row[];
    },
    fields: { ...readings(rows), ...listings(rows), ...careGraphMutations(rows), ...fieldsOfEntities(rows) },
    derived: {},
    caller: { subject: '0', roles: ROLES, scopes: SCOPES },
    interfaces: {},
    isUnknown: (subgraph, { __typename, n }) =>
      (subgraph === 'doctors' && __typename === 'Doctor' && n === UNKNOWN_DOCTOR) ||
      (subgraph === 'doctors' && __typename === 'Workplace' && n === UNKNOWN_WORKPLACE) ||
      (subgraph === 'pharmacy' && __typename === 'Product' && n === UNKNOWN_PRODUCT),
    samples: {
      ...Object.fromEntries(IDS.map((name) => [name, ['0', '1', '2', '3', '4', 'none']])),
      doctorId: ['3', '4', '5', 'none'],
      email: ['user0@example.com', 'user3@example.com', 'none'],
      refreshToken: ['user1@example.com', 'none'],
      specialization: ['Cardiology', 'Dermatology', 'none'],
      after: ['0', '1', 'none'],
      from: ['2030-01-01T09:00:00.000Z', '2030-01-03T00:00:00.000Z'],
      to: ['2030-01-06T00:00:00.000Z', '2031-01-01T00:00:00.000Z'],
      first: [0, 1, 2, 3],
    },
  };
}

/** All that the schema of any subgraph asks for. */
const SCOPES = ['appointments:write', 'records:read', 'records:write', 'orders:write'];

const IDS = ['id', 'slotId', 'patientId', 'appointmentId', 'productId', 'branchId', 'prescriptionId'];

function readings(rows: CareGraphRows) {
  const find =
    (of: readonly Row[]): FieldRule =>
    (_, args) =>
      of.find(({ id }) => id === args['id']);
  return {
    'Query.me': () => rows.users[0],
    'Query.patient': find(rows.patients),
    'Query.doctor': (_, { id }) => rows.doctors.find((doctor) => doctor['id'] === id && 'user' in doctor),
    'Query.appointment': find(rows.appointments),
    'Query.appointmentStatusEvent': (_, { id }) => rows.statusEvents.find(({ eventId }) => eventId === id),
    'Query.consultation': find(rows.consultations),
    'Query.prescription': find(rows.prescriptions),
    'Query.product': (_, { id }) => rows.products.find((product) => product['id'] === id && 'name' in product),
    'Query.order': find(rows.orders),
    'Query.notification': find(rows.notifications),
    'Query.unreadNotificationCount': () => rows.notifications.filter(({ isRead }) => isRead === false).length,
    'Query.notificationPreferences': () => rows.users[0]?.['notificationPreferences'],
  } satisfies Record<string, FieldRule>;
}

function listings(rows: CareGraphRows) {
  const directory = rows.doctors.filter((doctor) => 'user' in doctor);
  return {
    'Query.doctors': (_, { filter, ...args }) => {
      const { specialization } = (filter ?? {}) as Args;
      const found = directory.filter((doctor) => specialization == null || doctor['specialization'] === specialization);
      return connection('Doctor', found, args);
    },
    'Query.nearbyDoctors': (_, { near, radiusKm, ...args }) => {
      const { latitude } = near as Args;
      const found = connection('NearbyDoctor', Number(radiusKm) > 1 ? directory : [], args);
      for (const edge of found['edges'] as Row[]) edge['distanceKm'] = Number(latitude) / 2;
      return found;
    },
    'Query.availableSlots': (_, { doctorId, from, to }) =>
      rows.slots.filter(({ doctor, startsAt }) => {
        return isWithin(startsAt, { from, to }) && (doctor as Row)['id'] === doctorId;
      }),
    'Query.myAppointments': (_, { filter, ...args }) => {
      const { status } = (filter ?? {}) as Args;
      const wanted = status as readonly unknown[] | null | undefined;
      const found = rows.appointments.filter((appointment) => wanted?.includes(appointment['status']) ?? true);
      return connection('Appointment', found, args);
    },
    'Query.patientAccessLog': (_, { patientId, ...args }) =>
      connection('AuditEvent', patientId === 'none' ? [] : rows.auditEvents, args),
    'Query.searchProducts': (_, { text, ...args }) =>
      connection('Product', text === '' ? [] : rows.products.slice(0, 3), args),
    'Query.myOrders': (_, args) => connection('Order', rows.orders, args),
    'Query.notifications': (_, args) =>
      Object.assign(connection('Notification', rows.notifications, args), { unreadCount: 2 }),
  } satisfies Record<string, FieldRule>;
}

function fieldsOfEntities({ slots, appointments, consultations, prescriptions, referrals, documents }: CareGraphRows) {
  return {
    'User.phone': ({ n, phone }) => {
      if (n === 1) throw new GraphQLError('Not yours to see.', { extensions: { code: 'FORBIDDEN' } });
      return phone ?? null;
    },
    'Doctor.nextAvailableSlots': ({ id }, { first }) =>
      slots.filter(({ doctor, isTaken }) => isTaken === false && (doctor as Row)['id'] === id).slice(0, Number(first)),
    'Doctor.appointments': ({ id, n }, { from, to, ...args }) => {
      if (n === 4) throw new GraphQLError('Not your calendar.', { extensions: { code: 'FORBIDDEN' } });
      const found = appointments.filter(({ doctor, startsAt }) => {
        return isWithin(startsAt, { from, to }) && (doctor as Row | null)?.['id'] === id;
      });
      return connection('Appointment', found, args);
    },
    'Patient.timeline': ({ id }, args) => {
      const entries = [at(consultations, 0), at(prescriptions, 2), at(referrals, 0), ...documents, at(referrals, 2)];
      return id === '1' ? null : connection('Timeline', entries, args);
    },
    'Product.stock': ({ stock }, { first }) => (stock as Row[] | undefined)?.slice(0, Number(first)),
  } satisfies Record<string, FieldRule>;
}

/** Whether an instant is in a period; the ends may be any JSON value, as the scalar is the schema's own. */
function isWithin(instant: unknown, { from, to }: Args): boolean {
  const text = JSON.stringify(instant);
  return text >= JSON.stringify(from) && text < JSON.stringify(to);
}

/** A page of a Relay connection; `after` is the index of the item before it. */
function connection(type: string, items: readonly Row[], { first, after }: Args): Row {
  const start = Number.isInteger(Number(after ?? -1)) ? Number(after ?? -1) + 1 : 0;
  const nodes = items.slice(start, start + Number(first));
  const last = start + nodes.length - 1;
  return row(`${type}Connection`, {
    totalCount: items.length,
    pageInfo: row('PageInfo', {
      hasNextPage: last < items.length - 1,
      endCursor: nodes.length === 0 ? null : String(last),
    }),
    edges: nodes.map((node, index) => row(`${type}Edge`, { cursor: String(start + index), node })),
  });
}
