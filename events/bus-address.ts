/** Where the event bus of an installation is, as the settings say. */
export type BusAddress = PostgresBusAddress | RedisBusAddress | KafkaBusAddress;

export interface PostgresBusAddress {
  readonly kind: 'postgres';
  /** The `events` database (prisma/events/migrations). */
  readonly connectionString: string;
}

export interface RedisBusAddress {
  readonly kind: 'redis';
  /** `redis://` or `rediss://`, with user, password and database number as needed. */
  readonly url: string;
}

export interface KafkaBusAddress {
  readonly kind: 'kafka';
  /** host:port of at least one broker. */
  readonly brokers: readonly string[];
  readonly isTls: boolean;
  /** SASL; undefined: none. */
  readonly login: KafkaLogin | undefined;
}

export interface KafkaLogin {
  readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512';
  readonly username: string;
  readonly password: string;
}
