import { z } from 'zod';
import { busSettings, type EventSettings } from '../../events/bus-settings.ts';
import { ASSERTION_JWKS_PATH, type SubgraphName } from '../../wire/names.ts';
import type { AssertionKeys } from './verify-identity.ts';

const PORTS: Readonly<Record<SubgraphName, number>> = {
  users: 4001,
  doctors: 4002,
  appointments: 4003,
  clinical: 4004,
  pharmacy: 4005,
  notifications: 4006,
};

const DEFAULT_EVENTS_DATABASE_URL = 'postgresql://postgres:postgres@127.0.0.1:5432/events';

/** The settings did not hold; the message lists every bad key, one a line. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/** The settings that every subgraph has. */
export interface SubgraphSettings {
  readonly port: number;
  readonly host: string;
  readonly databaseUrl: string;
  readonly eventSettings: EventSettings;
  readonly assertionKeys: AssertionKeys;
  readonly logLevel: string;
}

const JwksJson = z
  .string()
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      context.addIssue('must be a JWK Set in JSON');
      return z.NEVER;
    }
  })
  .pipe(z.looseObject({ keys: z.array(z.looseObject({ kty: z.string() })) }));

/**
 * Reads a subgraph's settings, and those of `own`, from the environment. Throws a `SettingsError` that lists every bad key with
 * its reason. An empty value counts as absent.
 */
export function loadSettings<Own extends z.ZodRawShape>(
  subgraph: SubgraphName,
  environment: Readonly<Record<string, string | undefined>>,
  own: Own,
): { readonly shared: SubgraphSettings; readonly own: z.infer<z.ZodObject<Own>> } {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const shared = sharedSettings(subgraph).safeParse(given);
  const events = busSettings.safeParse({ EVENTS_DATABASE_URL: DEFAULT_EVENTS_DATABASE_URL, ...given });
  const ownSettings = z.object(own).safeParse(given);
  if (!shared.success || events.data === undefined || !ownSettings.success) {
    const issues = [shared, events, ownSettings].flatMap(({ error }) => error?.issues ?? []);
    throw new SettingsError(describe(subgraph, issues));
  }
  return { shared: { ...shared.data, eventSettings: events.data }, own: ownSettings.data };
}

function sharedSettings(subgraph: SubgraphName) {
  const databaseKey = `${subgraph.toUpperCase()}_DATABASE_URL`;
  return z
    .object({
      PORT: portNumber().default(PORTS[subgraph]),
      HOST: z.string().default('127.0.0.1'),
      ASSERTION_JWKS: JwksJson.optional(),
      ASSERTION_JWKS_URL: httpUrl().default(`http://127.0.0.1:4000${ASSERTION_JWKS_PATH}`),
      LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
    })
    .and(
      z.object({ [databaseKey]: databaseUrl().default(`postgresql://postgres:postgres@127.0.0.1:5432/${subgraph}`) }),
    )
    .transform((values): Omit<SubgraphSettings, 'eventSettings'> => ({
      port: values.PORT,
      host: values.HOST,
      databaseUrl: String((values as Record<string, unknown>)[databaseKey]),
      assertionKeys:
        values.ASSERTION_JWKS === undefined
          ? { url: new URL(values.ASSERTION_JWKS_URL) }
          : { jwks: values.ASSERTION_JWKS },
      logLevel: values.LOG_LEVEL,
    }));
}

function portNumber() {
  const message = 'not a whole number from 0 to 65535';
  return z
    .string()
    .regex(/^\d+$/, message)
    .transform(Number)
    .refine((port) => port <= 65_535, message);
}

function databaseUrl() {
  return z.url({ protocol: /^postgres(ql)?$/, error: 'not a postgresql:// URL' });
}

function httpUrl() {
  return z.url({ protocol: /^https?$/, error: 'not an http(s) URL' });
}

function describe(subgraph: SubgraphName, issues: readonly z.core.$ZodIssue[]): string {
  const lines = issues.map(({ path, message }) => `  ${path.join('.')}: ${message}`);
  return `The ${subgraph} subgraph cannot start; mend these settings:\n${lines.join('\n')}`;
}
