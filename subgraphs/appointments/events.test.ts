import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { createPostgresEventBus } from '../../events/postgres-event-bus.ts';
import { createTestDatabase, eventSettings, type TestDatabase } from '../../test/support/postgres.ts';
import { createTestGateway, person, type TestGateway } from '../../test/support/test-gateway.ts';
import type { LoggedEvent } from '../../wire/domain-event.ts';
import { seedAppointments } from '../../prisma/seed/appointments.ts';
import { buildWorld } from '../../prisma/seed/world.ts';
import { createAppointmentsSubgraph } from './build.ts';

const world = buildWorld(new Date());
const byEmail = (email: string): string => world.people.find((one) => one.email === email)?.id ?? '';
const patient = person(byEmail('patient@example.com'), 'PATIENT');
const doctor = person(byEmail('doctor@example.com'), 'DOCTOR');

let gateway: TestGateway;
let database: TestDatabase;
let events: TestDatabase;

beforeAll(async () => {
  [gateway, database, events] = await Promise.all([
    createTestGateway(),
    createTestDatabase('appointments'),
    createTestDatabase('events'),
  ]);
  await seedAppointments(database.url, world);
});
afterAll(async () => {
  await Promise.all([database.drop(), events.drop()]);
});

it('keeps an event while the event log is away, and publishes it once when it is back', async () => {
  const log = pino({ level: 'silent' });
  const options = { databaseUrl: database.url, assertionKeys: { jwks: gateway.jwks }, log };
  const away = await createAppointmentsSubgraph({
    ...options,
    eventSettings: eventSettings('postgresql://postgres:postgres@127.0.0.1:1/events'),
  });
  const requested = world.appointments.find(
    ({ patientId, status }) => patientId === byEmail('patient@example.com') && status === 'REQUESTED',
  );
  const confirmed = await gateway.ask(
    { name: 'appointments', app: away.app },
    doctor,
    'mutation ($id: ID!) { confirmAppointment(id: $id) { status } }',
    { id: requested?.id },
  );
  expect(confirmed).toEqual({ data: { confirmAppointment: { status: 'CONFIRMED' } } });
  await away.close();

  const bus = createPostgresEventBus({ connectionString: events.url });
  const received: LoggedEvent[] = [];
  const secondArrived = new Promise<void>((resolve) => {
    bus.consume({
      after: 0n,
      onEvent: (event) => {
        received.push(event);
        if (received.length === 2) resolve();
      },
    });
  });
  const back = await createAppointmentsSubgraph({ ...options, eventSettings: eventSettings(events.url) });
  const cancelled = await gateway.ask(
    { name: 'appointments', app: back.app },
    patient,
    'mutation ($id: ID!) { cancelAppointment(id: $id, reason: "Feeling better") { status } }',
    { id: requested?.id },
  );
  expect(cancelled).toEqual({ data: { cancelAppointment: { status: 'CANCELLED' } } });
  await secondArrived;

  expect(
    received.map(({ type, source, subject, data }) => ({ type, source, subject, status: data['status'] })),
  ).toEqual(
    ['CONFIRMED', 'CANCELLED'].map((status) => ({
      type: 'appointment.status-changed',
      source: 'appointments',
      subject: requested?.id,
      status,
    })),
  );
  expect(
    JSON.stringify(received, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)),
  ).not.toContain('Feeling better');
  expect([...(received[0]?.audience ?? [])].sort()).toEqual(
    ['patient', 'doctor', 'assistant', 'nurse'].map((name) => byEmail(`${name}@example.com`)).sort(),
  );
  const event = await gateway.ask(
    { name: 'appointments', app: back.app },
    patient,
    'query ($id: ID!) { appointmentStatusEvent(id: $id) { eventId previousStatus status } }',
    { id: received[0]?.id },
  );
  expect(event.data?.['appointmentStatusEvent']).toEqual({
    eventId: received[0]?.id,
    previousStatus: 'REQUESTED',
    status: 'CONFIRMED',
  });
  await back.close();
  await bus.close();
});
