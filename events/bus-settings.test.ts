import { expect, it } from '@jest/globals';
import { busSettings } from './bus-settings.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const read = (environment: Record<string, string>) => busSettings.parse(environment);
const refused = (environment: Record<string, string>): string[] =>
  busSettings.safeParse(environment).error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? [];

const database = { EVENTS_DATABASE_URL: 'postgresql://h/events' };

it('takes PostgreSQL where neither Redis nor Kafka is named, and no bus where nothing is', () => {
  expect(read(database)).toEqual({
    address: { kind: 'postgres', connectionString: 'postgresql://h/events' },
    retentionMs: DAY_MS,
  });
  expect(read({})).toBeUndefined();
});

it('takes Redis or Kafka before PostgreSQL', () => {
  expect(read({ ...database, REDIS_URL: 'rediss://u:p@h:6380/2' })?.address).toEqual({
    kind: 'redis',
    url: 'rediss://u:p@h:6380/2',
  });
  expect(read({ ...database, KAFKA_BROKERS: 'one:9092, two:9093,[::1]:9094' })?.address).toEqual({
    kind: 'kafka',
    brokers: ['one:9092', 'two:9093', '[::1]:9094'],
    isTls: false,
    login: undefined,
  });
});

it('signs in to Kafka with both of name and password', () => {
  const kafka = { KAFKA_BROKERS: 'one:9092', KAFKA_TLS: 'on', KAFKA_USERNAME: 'gate' };

  expect(read({ ...kafka, KAFKA_PASSWORD: 'secret' })?.address).toMatchObject({
    isTls: true,
    login: { mechanism: 'scram-sha-512', username: 'gate', password: 'secret' },
  });
  expect(refused(kafka)).toEqual(['KAFKA_USERNAME: goes with KAFKA_PASSWORD; set both or none']);
});

it('refuses two buses', () => {
  expect(refused({ REDIS_URL: 'redis://h', KAFKA_BROKERS: 'h:9092' })).toEqual([
    'KAFKA_BROKERS: REDIS_URL is set too, and events can travel over one bus only; unset one of them',
  ]);
});

it('refuses addresses that are none', () => {
  for (const url of ['http://h', 'redis://', 'h:6379', 'redis:h'])
    expect([url, ...new Set(refused({ REDIS_URL: url }))]).toEqual([url, 'REDIS_URL: not a redis:// or rediss:// URL']);
  for (const list of ['h', 'h:0', 'h:70000', 'kafka://h:9092', 'h:9092,,', 'h:9092 g:9092'])
    expect([list, refused({ KAFKA_BROKERS: list })]).toEqual([list, ['KAFKA_BROKERS: not a list of host:port']]);
  expect(refused({ EVENTS_DATABASE_URL: 'mysql://h' })).toEqual(['EVENTS_DATABASE_URL: not a postgresql:// URL']);
});

it('keeps events for no less than the hour for which a client may resume', () => {
  expect(read({ ...database, EVENTS_RETENTION_HOURS: '1' })?.retentionMs).toBe(DAY_MS / 24);
  for (const hours of ['0', '0.5', '-3', '9000', 'day'])
    expect(refused({ EVENTS_RETENTION_HOURS: hours })).toEqual([
      'EVENTS_RETENTION_HOURS: not a whole number from 1 to 8760',
    ]);
});
