import { createPostgresEventBus } from '../../../events/postgres-event-bus.ts';
import { createTestDatabase } from '../../support/postgres.ts';
import { startGateway, type TestGateway } from './start-gateway.ts';
import { AUDIENCE, ISSUER, startTokenIssuer, tokenOf } from './token-issuer.ts';
import { startVisitSubgraphs, type Change, type VisitSubgraphs } from './visits.ts';

/** Everything that a gateway needs for live updates: subgraphs, an event log in a real database, an issuer of tokens. */
export interface EventClinic {
  readonly subgraphs: VisitSubgraphs;
  readonly startGateway: (options?: { env?: Record<string, string>; clock?: () => number }) => Promise<TestGateway>;
  /** The `authorization` header of a patient; `exp` in seconds since the epoch. */
  readonly authorization: (subject: string, exp?: number) => Promise<string>;
  /** Makes a change of a visit and publishes its event; returns the event's id. */
  readonly happen: (change: Pick<Change, 'visit' | 'status'>, audience: string[]) => Promise<string>;
  /** How often the visits subgraph was asked for a change. */
  readonly askedFor: (id: string) => number;
  readonly stop: () => Promise<void>;
}

export async function startEventClinic(): Promise<EventClinic> {
  const database = await createTestDatabase('events');
  const bus = createPostgresEventBus({ connectionString: database.url });
  const issuer = await startTokenIssuer();
  const key = await issuer.addKey();
  const subgraphs = await startVisitSubgraphs();
  let events = 0;
  return {
    subgraphs,
    startGateway: ({ env = {}, ...options } = {}) =>
      startGateway([subgraphs.visits, subgraphs.rooms], {
        ...options,
        env: {
          JWKS_URL: issuer.jwksUrl,
          JWT_ISSUER: ISSUER,
          JWT_AUDIENCE: AUDIENCE,
          EVENTS_DATABASE_URL: database.url,
          ...env,
        },
      }),
    authorization: async (sub, exp) =>
      `Bearer ${await tokenOf(key, { sub, roles: ['PATIENT'], ...(exp === undefined ? {} : { exp }) })}`,
    happen: async (change, audience) => {
      events += 1;
      const id = `e${events}`;
      subgraphs.changes.set(id, { id, visibleTo: new Set(audience), ...change });
      const time = new Date().toISOString();
      const type = 'appointment.status-changed' as const;
      await bus.publish([{ id, type, source: 'appointments', subject: change.visit, time, audience, data: {} }]);
      return id;
    },
    askedFor: (id) =>
      subgraphs.visits.received.filter(({ body }) => Object.values(body.variables ?? {}).includes(id)).length,
    stop: async () => {
      await Promise.all([bus.close(), issuer.stop(), subgraphs.visits.stop(), subgraphs.rooms.stop()]);
      await database.drop();
    },
  };
}
