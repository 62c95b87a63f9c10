import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createPostgresEventBus } from '../../events/postgres-event-bus.ts';
import type { EventBus } from '../../events/event-bus.ts';
import { waitUntil } from '../../platform/wait-until.ts';
import { createTestDatabase, eventSettings, type TestDatabase } from '../../test/support/postgres.ts';
import { codeTo, startUsers, type UsersUnderTest } from '../../test/support/users-subgraph.ts';
import type { DomainEvent, LoggedEvent } from '../../wire/domain-event.ts';

let events: TestDatabase;
let bus: EventBus;
let users: UsersUnderTest;
const heard: LoggedEvent[] = [];

beforeAll(async () => {
  events = await createTestDatabase('events');
  bus = createPostgresEventBus({ connectionString: events.url });
  await bus.consume({ after: 'now', onEvent: (event) => void heard.push(event) }).started;
  users = await startUsers({ eventSettings: eventSettings(events.url) });
});
afterAll(async () => {
  await users.close();
  await bus.close();
  await events.drop();
});

function statusChanged(patientId: string, status: string, audience: readonly string[]): DomainEvent {
  const appointmentId = randomUUID();
  return {
    id: randomUUID(),
    type: 'appointment.status-changed',
    source: 'appointments',
    subject: appointmentId,
    time: new Date().toISOString(),
    audience,
    data: { appointmentId, patientId, doctorId: 'd', workplaceId: 'w', previousStatus: null, status },
  };
}

/** Publishes events and waits until the consumer has passed them. */
async function publish(...list: DomainEvent[]): Promise<void> {
  const last = statusChanged(`marker ${randomUUID()}`, 'CONFIRMED', ['marker']);
  await bus.publish([...list, last]);
  const patientId = last.data['patientId'];
  const isThere = async () => (await members(patientId ?? '')).length > 0;
  expect(await waitUntil(isThere, 30_000)).toBe(true);
}

async function members(patientId: string): Promise<string[]> {
  const rows = await users.sql<{ member_id: string }>(
    'SELECT member_id FROM care_relationship WHERE patient_id = $1 ORDER BY member_id',
    [patientId],
  );
  return rows.map(({ member_id }) => member_id);
}

describe('care relationships', () => {
  it('begin with an appointment, for everyone concerned but the patient', async () => {
    await publish(statusChanged('p1', 'REQUESTED', ['p1', 'd1', 'a1']));

    expect(await members('p1')).toEqual(['a1', 'd1']);
    expect(await users.sql("SELECT 1 FROM care_relationship WHERE member_id = 'p1'")).toEqual([]);
  });

  it.each(['REJECTED', 'CANCELLED'])('do not begin with one that is %s', async (status) => {
    await publish(statusChanged('p2', status, ['p2', 'd2']));

    expect(await members('p2')).toEqual([]);
  });

  it('stay, and stay one, whatever comes after', async () => {
    const first = statusChanged('p3', 'CONFIRMED', ['p3', 'd3']);
    await publish(
      first,
      first,
      statusChanged('p3', 'COMPLETED', ['p3', 'd3']),
      statusChanged('p3', 'CANCELLED', ['p3', 'd3']),
    );

    expect(await members('p3')).toEqual(['d3']);
  });
});

describe('a verified user', () => {
  it('is announced once, by id and role alone', async () => {
    const email = 'announced@example.org';
    await users.ask('mutation ($input: RegisterInput!) { register(input: $input) { otpSentTo } }', {
      input: { email, password: 'seven blue tractors', name: 'Some Body', role: 'NURSE' },
    });
    const answer = await users.ask(
      'mutation ($email: EmailAddress!, $code: String!) { verifyOtp(email: $email, code: $code) { user { id } } }',
      { email, code: codeTo(email, users.mails) },
    );
    const { id } = (answer.data as { verifyOtp: { user: { id: string } } }).verifyOtp.user;

    expect(await waitUntil(() => heard.some(({ type }) => type === 'user.verified'), 30_000)).toBe(true);

    expect(heard.filter(({ type }) => type === 'user.verified')).toMatchObject([
      { source: 'users', subject: id, audience: [id], data: { role: 'NURSE' } },
    ]);
  });
});
