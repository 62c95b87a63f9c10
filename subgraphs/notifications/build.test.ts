import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import pg from 'pg';
import { pino } from 'pino';
import { createPostgresEventBus } from '../../events/postgres-event-bus.ts';
import type { EventBus } from '../../events/event-bus.ts';
import { waitUntil } from '../../platform/wait-until.ts';
import { seedNotifications } from '../../prisma/seed/notifications.ts';
import { buildWorld } from '../../prisma/seed/world.ts';
import { createTestDatabase, eventSettings, type TestDatabase } from '../../test/support/postgres.ts';
import { createTestGateway, person, type Answer, type TestGateway } from '../../test/support/test-gateway.ts';
import type { DomainEvent } from '../../wire/domain-event.ts';
import { ANONYMOUS, type Identity } from '../../wire/identity.ts';
import { loadSchema } from '../shared/load-schema.ts';
import { fieldsWithoutRule } from '../shared/permissions.ts';
import { createNotificationsSubgraph, type NotificationsSubgraph } from './build.ts';
import { permissions } from './permissions.ts';
import { resolvers } from './resolvers.ts';

interface Page {
  readonly totalCount: number;
  readonly unreadCount: number;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly edges: readonly {
    readonly node: { readonly id: string; readonly title: string; readonly isRead: boolean };
  }[];
}

const NOW = new Date('2026-03-04T10:00:00Z');
const ann = person('ann', 'PATIENT');
const ben = person('ben', 'PATIENT');
const doctor = person('dina', 'DOCTOR');
const admin = person('adam', 'ADMIN');
const partner: Identity = { kind: 'partner', subject: 'acme-health', roles: ['PARTNER'], scopes: [] };

let own: TestDatabase;
let events: TestDatabase;
let rows: pg.Pool;
let log: pg.Pool;
let bus: EventBus;
let gateway: TestGateway;
let subgraph: NotificationsSubgraph;
const statements: string[] = [];

const build = (databaseUrl: string, eventsDatabaseUrl?: string): Promise<NotificationsSubgraph> =>
  createNotificationsSubgraph({
    databaseUrl,
    eventSettings: eventsDatabaseUrl === undefined ? undefined : eventSettings(eventsDatabaseUrl),
    assertionKeys: { jwks: gateway.jwks },
    log: pino({ level: 'silent' }),
    now: () => NOW,
    onStatement: (sql) => statements.push(sql),
  });

beforeAll(async () => {
  [own, events] = await Promise.all([createTestDatabase('notifications'), createTestDatabase('events')]);
  rows = new pg.Pool({ connectionString: own.url, max: 2 });
  log = new pg.Pool({ connectionString: events.url, max: 2 });
  bus = createPostgresEventBus({ connectionString: events.url });
  gateway = await createTestGateway();
  subgraph = await build(own.url, events.url);
});

// Ann has five of which two are unread, two of them of one instant; Ben has one.
beforeEach(async () => {
  await rows.query('TRUNCATE notification, notification_preferences');
  await rows.query(`
    INSERT INTO notification (id, user_id, title, body, created_at, read_at)
    VALUES ('a1', 'ann', 'One', 'First', '2026-03-01T08:00:00Z', '2026-03-01T09:00:00Z'),
           ('a2', 'ann', 'Two', 'Second', '2026-03-02T08:00:00Z', '2026-03-02T09:00:00Z'),
           ('a3', 'ann', 'Three', 'Third', '2026-03-02T08:00:00Z', '2026-03-02T09:00:00Z'),
           ('a4', 'ann', 'Four', 'Fourth', '2026-03-03T08:00:00.123Z', NULL),
           ('a5', 'ann', 'Five', 'Fifth', '2026-03-03T08:00:00.124Z', NULL),
           ('b1', 'ben', 'Secret', 'Of Ben', '2026-03-03T08:00:00Z', NULL)`);
});

afterAll(async () => {
  await subgraph.close();
  await bus.close();
  await Promise.all([rows.end(), log.end()]);
  await Promise.all([own.drop(), events.drop()]);
});

const ask = (caller: Identity, query: string, variables: object = {}): Promise<Answer> =>
  gateway.ask({ name: 'notifications', app: subgraph.app }, caller, query, variables);

async function dataOf<Data>(caller: Identity, query: string, variables: object = {}): Promise<Data> {
  const { data, errors } = await ask(caller, query, variables);
  expect(errors).toBeUndefined();
  return data as Data;
}

const codesOf = ({ errors }: Answer): unknown[] => (errors ?? []).map(({ extensions }) => extensions?.['code']);

const LIST = /* GraphQL */ `
  query Notifications($first: Int! = 20, $after: String) {
    notifications(first: $first, after: $after) {
      totalCount
      unreadCount
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          id
          channel
          title
          body
          isRead
          createdAt
        }
      }
    }
  }
`;

async function list(caller: Identity, variables: object = {}): Promise<Page> {
  return (await dataOf<{ notifications: Page }>(caller, LIST, variables)).notifications;
}

const idsOf = ({ edges }: Page): string[] => edges.map(({ node }) => node.id);

it("shows a person's own notifications alone, latest first, with both counts", async () => {
  const page = await list(ann);

  expect(idsOf(page)).toEqual(['a5', 'a4', 'a3', 'a2', 'a1']);
  expect(page).toMatchObject({ totalCount: 5, unreadCount: 2, pageInfo: { hasNextPage: false } });
  expect(page.edges[0]?.node).toEqual({
    id: 'a5',
    channel: 'IN_APP',
    title: 'Five',
    body: 'Fifth',
    isRead: false,
    createdAt: '2026-03-03T08:00:00.124Z',
  });
  expect(await list(doctor)).toMatchObject({ totalCount: 0, unreadCount: 0, edges: [] });
});

it('walks through pages, also where several are of one instant, and stays in place when new ones arrive', async () => {
  const first = await list(ann, { first: 3 });
  await rows.query(
    `INSERT INTO notification (id, user_id, title, body, created_at) VALUES ('a6', 'ann', 'Six', 'New', '2026-03-04T08:00:00Z')`,
  );
  const second = await list(ann, { first: 3, after: first.pageInfo.endCursor });

  expect([idsOf(first), idsOf(second)]).toEqual([
    ['a5', 'a4', 'a3'],
    ['a2', 'a1'],
  ]);
  expect([first, second].map(({ pageInfo }) => pageInfo.hasNextPage)).toEqual([true, false]);
});

it("leads no further than the caller's own with a cursor of somebody else", async () => {
  const { pageInfo } = await list(ann, { first: 1 });

  expect(idsOf(await list(ben, { after: pageInfo.endCursor }))).toEqual(['b1']);
});

it.each([
  ['first', { first: 101 }],
  ...['never', '0000-01-01T00:00:00.000Z', '-000001-01-01T00:00:00.000Z', '+275760-09-13T00:00:00.000Z'].map(
    (instant) => ['after', { after: Buffer.from(JSON.stringify([instant, 'x'])).toString('base64url') }] as const,
  ),
])('refuses a bad "%s" and names it', async (field, variables) => {
  const answer = await ask(ann, LIST, variables);

  expect(codesOf(answer)).toEqual(['BAD_USER_INPUT']);
  expect(answer.errors?.[0]?.message).toContain(`"${field}"`);
});

it('makes three SQL statements for a page, however long it is', async () => {
  await rows.query(`
    INSERT INTO notification (id, user_id, title, body, created_at)
    SELECT 'n' || n, 'ann', 'Title', 'Body', '2026-01-01T00:00:00Z' FROM generate_series(1, 60) n`);
  const count = async (first: number): Promise<number> => {
    statements.length = 0;
    await list(ann, { first });
    return statements.length;
  };

  expect(await count(10)).toBe(3);
  expect(await count(50)).toBe(3);
});

const ONE = 'query ($id: ID!) { notification(id: $id) { id title } }';
const ENTITY = /* GraphQL */ `
  query ($id: ID!) {
    _entities(representations: [{ __typename: "Notification", id: $id }]) {
      ... on Notification {
        id
        title
      }
    }
  }
`;

it("gives one of the person's own by id and by reference, and answers alike for somebody else's and for none", async () => {
  expect(await dataOf(ann, ONE, { id: 'a1' })).toEqual({ notification: { id: 'a1', title: 'One' } });
  expect(await dataOf(ann, ENTITY, { id: 'a1' })).toEqual({ _entities: [{ id: 'a1', title: 'One' }] });
  for (const caller of [ann, doctor, admin]) {
    for (const id of ['b1', 'nothing']) {
      expect(await ask(caller, ONE, { id })).toEqual({ data: { notification: null } });
      expect(await ask(caller, ENTITY, { id })).toEqual({ data: { _entities: [null] } });
    }
  }
});

it.each([
  ['notifications', '{ notifications { totalCount } }'],
  ['a notification', '{ notification(id: "a1") { id } }'],
  [
    'a referenced notification',
    '{ _entities(representations: [{ __typename: "Notification", id: "a1" }]) { ... on Notification { id } } }',
  ],
  ['a count', '{ unreadNotificationCount }'],
  ['preferences', '{ notificationPreferences { email } }'],
  ['marking one', 'mutation { markNotificationRead(id: "a4") { id } }'],
  ['marking all', 'mutation { markAllNotificationsRead }'],
  ['changing preferences', 'mutation { updateNotificationPreferences(input: { sms: true }) { sms } }'],
  [
    'preferences of a user',
    '{ _entities(representations: [{ __typename: "User", id: "ann" }]) { ... on User { notificationPreferences { email } } } }',
  ],
])('refuses %s to anonymous callers and to partners, and changes nothing', async (_, query) => {
  expect(codesOf(await ask(ANONYMOUS, query))).toEqual(['UNAUTHENTICATED']);
  expect(codesOf(await ask(partner, query))).toEqual(['FORBIDDEN']);

  const { rows: after } = await rows.query('SELECT count(*)::int AS unread FROM notification WHERE read_at IS NULL');
  expect(after).toEqual([{ unread: 3 }]);
  expect((await rows.query('SELECT FROM notification_preferences')).rowCount).toBe(0);
});

const MARK = 'mutation ($id: ID!) { markNotificationRead(id: $id) { id isRead } }';

it('marks one as read, and again without a further effect', async () => {
  const read = { markNotificationRead: { id: 'a4', isRead: true } };
  expect(await dataOf(ann, MARK, { id: 'a4' })).toEqual(read);
  await rows.query(`UPDATE notification SET read_at = '2026-03-03T12:00:00Z' WHERE id = 'a4'`);

  expect(await dataOf(ann, MARK, { id: 'a4' })).toEqual(read);

  expect((await rows.query(`SELECT read_at FROM notification WHERE id = 'a4'`)).rows).toEqual([
    { read_at: new Date('2026-03-03T12:00:00Z') },
  ]);
  expect(await dataOf(ann, '{ unreadNotificationCount }')).toEqual({ unreadNotificationCount: 1 });
});

it("cannot mark somebody else's, nor tell it from none", async () => {
  const [foreign, none] = [await ask(ann, MARK, { id: 'b1' }), await ask(ann, MARK, { id: 'nothing' })];

  expect(codesOf(foreign)).toEqual(['NOT_FOUND']);
  expect(foreign).toEqual(none);
  expect(await dataOf(ben, '{ unreadNotificationCount }')).toEqual({ unreadNotificationCount: 1 });
});

it('marks all of the person as read, tells how many were not, and counts each once when asked twice at once', async () => {
  const markAll = 'mutation { markAllNotificationsRead }';

  const counts = await Promise.all([1, 2, 3].map(() => dataOf<{ markAllNotificationsRead: number }>(ann, markAll)));

  expect(counts.reduce((sum, { markAllNotificationsRead }) => sum + markAllNotificationsRead, 0)).toBe(2);
  expect(await list(ann)).toMatchObject({ totalCount: 5, unreadCount: 0 });
  expect(await list(ben)).toMatchObject({ unreadCount: 1 });
});

const CHANGE = /* GraphQL */ `
  mutation ($input: NotificationPreferencesInput!) {
    updateNotificationPreferences(input: $input) {
      email
      sms
      whatsapp
      push
    }
  }
`;
const DEFAULTS = { email: true, sms: false, whatsapp: false, push: false };

it('answers defaults to whoever has chosen nothing, without writing them down', async () => {
  expect(await dataOf(ann, '{ notificationPreferences { email sms whatsapp push } }')).toEqual({
    notificationPreferences: DEFAULTS,
  });
  expect((await rows.query('SELECT FROM notification_preferences')).rowCount).toBe(0);
});

it('changes the preferences that are given and no others, of the caller alone', async () => {
  const change = async (input: object) =>
    (await dataOf<{ updateNotificationPreferences: object }>(ann, CHANGE, { input })).updateNotificationPreferences;

  expect(await change({ push: true })).toEqual({ ...DEFAULTS, push: true });
  expect(await change({ email: false, sms: null })).toEqual({ ...DEFAULTS, email: false, push: true });
  expect(await change({})).toEqual({ ...DEFAULTS, email: false, push: true });
  expect(await dataOf(ben, '{ notificationPreferences { email push } }')).toEqual({
    notificationPreferences: { email: true, push: false },
  });
});

it('takes first choices that come at once', async () => {
  const inputs = [{ sms: true }, { whatsapp: true }, { push: true }, { email: false }];

  await Promise.all(inputs.map((input) => dataOf(ann, CHANGE, { input })));

  expect(await dataOf(ann, '{ notificationPreferences { email sms whatsapp push } }')).toEqual({
    notificationPreferences: { email: false, sms: true, whatsapp: true, push: true },
  });
});

it("shows a user's preferences and unread count to the person alone", async () => {
  const query = /* GraphQL */ `
    {
      _entities(representations: [{ __typename: "User", id: "ann" }]) {
        ... on User {
          id
          unreadNotificationCount
          notificationPreferences {
            email
          }
        }
      }
    }
  `;
  const seen = { id: 'ann', unreadNotificationCount: 2, notificationPreferences: { email: true } };
  const hidden = { id: 'ann', unreadNotificationCount: null, notificationPreferences: null };

  expect(await ask(ann, query)).toEqual({ data: { _entities: [seen] } });
  for (const caller of [ben, doctor, admin]) {
    const answer = await ask(caller, query);
    expect(answer.data).toEqual({ _entities: [hidden] });
    expect(codesOf(answer)).toEqual(['FORBIDDEN', 'FORBIDDEN']);
  }
});

it('sends subscribers to the gateway', async () => {
  const answer = await ask(ann, 'subscription { notificationReceived { id } }');

  expect(answer.data ?? null).toBeNull();
  expect(codesOf(answer)).toEqual(['BAD_USER_INPUT']);
  expect(answer.errors?.[0]?.message).toContain('Subscribe at the gateway');
});

it('has a rule for every field', () => {
  expect(fieldsWithoutRule(loadSchema('notifications', resolvers), permissions)).toEqual([]);
});

it('tells the patient and the doctor of a request, the patient alone of its answer, and raises one event for each', async () => {
  await bus.publish([
    changed('requested', { previousStatus: null, status: 'REQUESTED' }),
    changed('confirmed', { previousStatus: 'REQUESTED', status: 'CONFIRMED' }),
  ]);

  await told('confirmed');
  expect(await newsOf('pat')).toEqual(['Appointment requested', 'Appointment confirmed']);
  expect(await newsOf('doc')).toEqual(['New appointment request']);
  const notifications = await rows.query<{ id: string; user_id: string }>(
    `SELECT id, user_id FROM notification WHERE event_id IN ('requested', 'confirmed') ORDER BY id`,
  );
  const raised = async () =>
    (
      await log.query(
        `SELECT subject AS id, audience, data FROM event_log WHERE source = 'notifications' AND subject = ANY($1) ORDER BY subject`,
        [notifications.rows.map(({ id }) => id)],
      )
    ).rows as unknown[];
  expect(await waitUntil(async () => (await raised()).length === 3, 30_000)).toBe(true);
  expect(await raised()).toEqual(notifications.rows.map(({ id, user_id }) => ({ id, audience: [user_id], data: {} })));
});

it('tells nobody twice when a change is heard of again, by a second process or from the beginning of the log', async () => {
  await bus.publish([changed('cancelled', { previousStatus: 'CONFIRMED', status: 'CANCELLED' })]);
  await told('cancelled');

  await rows.query('UPDATE consumer_position SET position = 0');
  const second = await build(own.url, events.url);
  const third = await build(own.url, events.url);
  await bus.publish([changed('completed', { previousStatus: 'CONFIRMED', status: 'COMPLETED' })]);
  await told('completed');
  await Promise.all([second.close(), third.close()]);

  const { rows: counts } = await rows.query(
    `SELECT event_id, count(*)::int FROM notification WHERE event_id IN ('cancelled', 'completed') GROUP BY 1 ORDER BY 1`,
  );
  expect(counts).toEqual([
    { event_id: 'cancelled', count: 2 },
    { event_id: 'completed', count: 1 },
  ]);
  const { rows: outbox } = await rows.query(`
    SELECT count(*)::int AS count FROM outbox JOIN notification ON notification.id = outbox.subject
    WHERE notification.event_id IN ('cancelled', 'completed')`);
  expect(outbox).toEqual([{ count: 3 }]);
});

it('tells a doctor who is the patient once', async () => {
  await bus.publish([changed('self', { previousStatus: null, status: 'REQUESTED', doctorId: 'pat' })]);

  await told('self');

  expect((await rows.query(`SELECT FROM notification WHERE event_id = 'self'`)).rowCount).toBe(1);
});

it('seeds every demo account with read and unread notifications of the last two weeks, once', async () => {
  const seeded = await createTestDatabase('notifications');
  const pool = new pg.Pool({ connectionString: seeded.url, max: 1 });
  const world = buildWorld(NOW);

  const outcomes = [await seedNotifications(seeded.url, world), await seedNotifications(seeded.url, world)];

  expect(outcomes).toEqual(['seeded', 'kept']);
  const { rows: accounts } = await pool.query<{ total: number; unread: number; first: Date; last: Date }>(
    `SELECT count(*)::int AS total, (count(*) - count(read_at))::int AS unread, min(created_at) AS first, max(created_at) AS last
     FROM notification WHERE user_id = ANY($1) GROUP BY user_id`,
    [world.people.slice(0, 8).map(({ id }) => id)],
  );
  expect(accounts).toHaveLength(8);
  for (const { total, unread, first, last } of accounts) {
    expect(total).toBe(10);
    expect(unread).toBeGreaterThan(0);
    expect(unread).toBeLessThan(total);
    expect(first.getTime()).toBeGreaterThan(NOW.getTime() - 16 * 24 * 60 * 60 * 1000);
    expect(last.getTime()).toBeLessThan(NOW.getTime());
  }
  await pool.end();
  await seeded.drop();
});

/** An `appointment.status-changed` event with the given id and data. */
function changed(id: string, data: Partial<DomainEvent['data']>): DomainEvent {
  return {
    id,
    type: 'appointment.status-changed',
    source: 'appointments',
    subject: 'appointment-1',
    time: new Date(NOW.getTime() + order++).toISOString(),
    audience: ['pat', 'doc'],
    data: { appointmentId: 'appointment-1', patientId: 'pat', doctorId: 'doc', workplaceId: 'place-1', ...data },
  };
}
let order = 0;

/** Waits until an event has taken effect. */
async function told(eventId: string): Promise<void> {
  const isTold = async () =>
    (await rows.query('SELECT FROM notification WHERE event_id = $1', [eventId])).rowCount !== 0;
  expect(await waitUntil(isTold, 30_000)).toBe(true);
}

async function newsOf(userId: string): Promise<string[]> {
  const { rows: found } = await rows.query<{ title: string }>(
    'SELECT title FROM notification WHERE user_id = $1 ORDER BY created_at',
    [userId],
  );
  return found.map(({ title }) => title);
}
