import { z } from 'zod';
import type { BusAddress, KafkaLogin } from './bus-address.ts';

/** The event bus of a process: where it is, and for how long events can be read. */
export interface EventSettings {
  readonly address: BusAddress;
  readonly retentionMs: number;
}

/** A client that reconnects gets what it missed for an hour: events must be there for at least as long. */
const SHORTEST_RETENTION_HOURS = 1;
const LONGEST_RETENTION_HOURS = 8_760;
const HOUR_MS = 60 * 60 * 1000;

const busVariables = z.object({
  EVENTS_DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'not a postgresql:// URL' }).optional(),
  REDIS_URL: z.url({ protocol: /^rediss?$/, hostname: /./, error: 'not a redis:// or rediss:// URL' }).optional(),
  KAFKA_BROKERS: brokerList().optional(),
  KAFKA_TLS: z.enum(['on', 'off']).default('off'),
  KAFKA_USERNAME: z.string().optional(),
  KAFKA_PASSWORD: z.string().optional(),
  KAFKA_SASL_MECHANISM: z.enum(['plain', 'scram-sha-256', 'scram-sha-512']).default('scram-sha-512'),
  EVENTS_RETENTION_HOURS: retentionHours().default(24),
});

type BusVariables = z.output<typeof busVariables>;

/**
 * Reads from the environment, which is the same for the gateway and all subgraphs, which bus carries the events: Redis or Kafka
 * where it is set, else the PostgreSQL of `EVENTS_DATABASE_URL`; undefined when none is. Two buses are refused.
 */
export const busSettings = busVariables.transform((values, context): EventSettings | undefined => {
  const refuse = (key: keyof BusVariables, message: string): void =>
    context.addIssue({ code: 'custom', path: [key], message });
  if (values.REDIS_URL !== undefined && values.KAFKA_BROKERS !== undefined)
    refuse('KAFKA_BROKERS', 'REDIS_URL is set too, and events can travel over one bus only; unset one of them');
  if ((values.KAFKA_USERNAME === undefined) !== (values.KAFKA_PASSWORD === undefined))
    refuse('KAFKA_USERNAME', 'goes with KAFKA_PASSWORD; set both or none');
  const address = addressOf(values);
  return address && { address, retentionMs: values.EVENTS_RETENTION_HOURS * HOUR_MS };
});

function addressOf(values: BusVariables): BusAddress | undefined {
  if (values.REDIS_URL !== undefined) return { kind: 'redis', url: values.REDIS_URL };
  if (values.KAFKA_BROKERS !== undefined)
    return { kind: 'kafka', brokers: values.KAFKA_BROKERS, isTls: values.KAFKA_TLS === 'on', login: loginOf(values) };
  return values.EVENTS_DATABASE_URL === undefined
    ? undefined
    : { kind: 'postgres', connectionString: values.EVENTS_DATABASE_URL };
}

function loginOf(values: BusVariables): KafkaLogin | undefined {
  const { KAFKA_USERNAME: username, KAFKA_PASSWORD: password, KAFKA_SASL_MECHANISM: mechanism } = values;
  return username === undefined || password === undefined ? undefined : { mechanism, username, password };
}

function brokerList() {
  return z
    .string()
    .transform((list) => list.split(',').map((broker) => broker.trim()))
    .refine((brokers) => brokers.every(isBroker), 'not a list of host:port');
}

function isBroker(text: string): boolean {
  const port = /^(?:[\w.-]+|\[[\da-fA-F:.]+\]):(\d{1,5})$/.exec(text)?.[1];
  return port !== undefined && Number(port) >= 1 && Number(port) <= 65_535;
}

function retentionHours() {
  const message = `not a whole number from ${SHORTEST_RETENTION_HOURS} to ${LONGEST_RETENTION_HOURS}`;
  return z
    .string()
    .regex(/^\d+$/, message)
    .transform(Number)
    .refine((hours) => hours >= SHORTEST_RETENTION_HOURS && hours <= LONGEST_RETENTION_HOURS, message);
}
