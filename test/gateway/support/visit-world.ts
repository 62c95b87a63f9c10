import type { EventBus } from '../../../events/event-bus.ts';
import { createPostgresEventBus } from '../../../events/postgres-event-bus.ts';
import type { DomainEvent } from '../../../wire/domain-event.ts';
import { createTestDatabase } from '../../support/postgres.ts';
import { startGateway, type TestGateway } from './start-gateway.ts';
import { AUDIENCE, ISSUER, startTokenIssuer, tokenOf } from './token-issuer.ts';
import { startVisitSubgraphs, type Change, type VisitSubgraphs } from './visits.ts';

/** What subscriptions need around them: an event log, an issuer of tokens, and two subgraphs. */
export interface VisitWorld {
  readonly bus: EventBus;
  /** Of the event log. */
  readonly databaseUrl: string;
  readonly subgraphs: VisitSubgraphs;
  /** The settings by which a gateway finds the log and the keys. */
  readonly env: Readonly<Record<string, string>>;
  readonly startGateway: (env?: Readonly<Record<string, string>>, clock?: () => number) => Promise<TestGateway>;
  readonly tokenFor: (subject: string, claims?: Parameters<typeof tokenOf>[1]) => Promise<string>;
  /** Makes a change that its audience may see, and publishes its event; returns the event's id. */
  readonly happen: (change: Partial<Change> & Pick<Change, 'status'>, audience: readonly string[]) => Promise<string>;
  readonly publish: (event: Pick<DomainEvent, 'type' | 'subject'> & Partial<DomainEvent>) => Promise<void>;
  /** How often the subgraph was asked for a change. */
  readonly askedFor: (id: string) => number;
  readonly stop: () => Promise<void>;
}

export async function createVisitWorld(): Promise<VisitWorld> {
  const database = await createTestDatabase('events');
  const bus = createPostgresEventBus({ connectionString: database.url });
  const issuer = await startTokenIssuer();
  const key = await issuer.addKey();
  const subgraphs = await startVisitSubgraphs();
  const { visits, rooms, changes } = subgraphs;
  const env = {
    ...{ JWKS_URL: issuer.jwksUrl, JWT_ISSUER: ISSUER, JWT_AUDIENCE: AUDIENCE, EVENTS_DATABASE_URL: database.url },
  };
  let events = 0;

  const publish: VisitWorld['publish'] = (event) =>
    bus.publish([
      { id: `p${(events += 1)}`, source: 'test', time: new Date().toISOString(), audience: [], data: {}, ...event },
    ]);
  return {
    bus,
    databaseUrl: database.url,
    subgraphs,
    env,
    publish,
    startGateway: (more = {}, clock) =>
      startGateway([visits, rooms], { env: { ...env, ...more }, ...(clock && { clock }) }),
    tokenFor: (sub, claims = {}) => tokenOf(key, { sub, roles: ['PATIENT'], ...claims }),
    async happen(change, audience) {
      events += 1;
      const id = `e${events}`;
      const made = { id, visit: 'v1', visibleTo: new Set(audience), ...change };
      changes.set(id, made);
      await publish({ id, type: 'appointment.status-changed', source: 'appointments', subject: made.visit, audience });
      return id;
    },
    askedFor: (id) => visits.received.filter(({ body }) => Object.values(body.variables ?? {}).includes(id)).length,
    async stop() {
      await Promise.all([bus.close(), issuer.stop(), visits.stop(), rooms.stop()]);
      await database.drop();
    },
  };
}
