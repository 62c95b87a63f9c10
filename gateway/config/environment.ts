import type { JWK } from 'jose';
import { z } from 'zod';
import { IDENTITY_HEADER, REQUEST_ID_HEADER } from '../../wire/names.ts';
import { PLANNERS } from './settings.ts';

/**
 * What each variable of the environment must look like, and its default. Development has defaults for all; production has none
 * for what would open a door: demo API keys, the sandbox, origins on localhost, keys fetched from localhost.
 */
export function environmentSchema(isDevelopment: boolean) {
  const inDevelopment = <T>(schema: z.ZodType<T, string>, value: T) =>
    schema.optional().transform((given) => given ?? (isDevelopment ? value : undefined));
  return z.object({
    PORT: wholeNumber(0, 65_535).default(4000),
    HOST: inDevelopment(z.string(), '127.0.0.1'),
    WORKERS: wholeNumber(1, 256).default(1),
    LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
    SUPERGRAPH: z.string().default('supergraph.graphql'),
    SUPERGRAPH_POLL_MS: wholeNumber(100, 3_600_000).default(2_000),
    QUERY_PLANNER: z.enum(PLANNERS).default('plain'),
    QUERY_PLANNER_TIMEOUT_MS: wholeNumber(10, 60_000).default(3_000),
    SUBGRAPH_TIMEOUT_MS: wholeNumber(1, 300_000).default(10_000),
    JWT_ISSUER: z.string().default('https://caregraph.example'),
    JWT_AUDIENCE: z.string().default('caregraph'),
    JWKS_URL: inDevelopment(httpUrl(), 'http://127.0.0.1:4001/.well-known/jwks.json'),
    ASSERTION_PRIVATE_KEY: privateKey().optional(),
    PARTNERS_DIR: inDevelopment(z.string(), 'gateway/partners'),
    TRUSTED_PROXIES: wholeNumber(0, 10).default(0),
    RESUME_MS: wholeNumber(0, 86_400_000).default(3_600_000),
    RESUME_MAX_EVENTS: wholeNumber(0, 100_000_000).default(500_000),
    SOCKET_DRAIN_MS: wholeNumber(0, 300_000).default(10_000),
    SOCKETS_PER_IDENTITY: wholeNumber(1, 1_000_000).default(50),
    SOCKETS_PER_ADDRESS: wholeNumber(1, 1_000_000).default(1_000),
    SOCKET_MAX_OPERATIONS: wholeNumber(1, 10_000).default(100),
    SOCKET_MAX_MESSAGE_BYTES: wholeNumber(1_024, 16 * 1024 * 1024).default(1024 * 1024),
    SOCKET_MESSAGES_PER_SECOND: wholeNumber(1, 100_000).default(50),
    SOCKET_INIT_TIMEOUT_MS: wholeNumber(100, 300_000).default(10_000),
    SOCKET_MAX_WAITING_ANSWERS: wholeNumber(1, 100_000).default(1_000),
    SOCKET_STALL_MS: wholeNumber(100, 300_000).default(30_000),
    SOCKET_MAX_UNREAD_BYTES: wholeNumber(65_536, 1024 * 1024 * 1024).default(8 * 1024 * 1024),
    UPSTREAM_MAX_SUBSCRIPTIONS: wholeNumber(1, 1_000_000).default(10_000),
    UPSTREAM_MAX_FAILURES: wholeNumber(0, 1_000).default(12),
    UPSTREAM_SILENCE_MS: wholeNumber(100, 3_600_000).default(30_000),
    FORWARD_HEADERS: headerNames().default([]),
    FRONTEND_URL: inDevelopment(origin(), 'http://localhost:3000'),
    ADMIN_URL: inDevelopment(origin(), 'http://localhost:3001'),
    SANDBOX: z.enum(['on', 'off']).default(isDevelopment ? 'on' : 'off'),
    SANDBOX_DIR: z.string().default('dist/sandbox'),
    INTROSPECTION: z.enum(['on', 'off']).default('on'),
  });
}

function wholeNumber(min: number, max: number) {
  const message = `not a whole number from ${min} to ${max}`;
  return z
    .string()
    .regex(/^\d+$/, message)
    .transform(Number)
    .refine((value) => value >= min && value <= max, message);
}

function httpUrl() {
  return z.url({ protocol: /^https?$/, error: 'not an http(s) URL' });
}

function origin() {
  return httpUrl().transform((url) => new URL(url).origin);
}

/** Hop-by-hop fields (RFC 9110, section 7.6.1), fields of the body that the gateway writes itself, and its own names. */
const NEVER_FORWARDED: ReadonlySet<string> = new Set([
  ...['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade', 'expect'],
  ...['host', 'content-length', 'content-type', 'content-encoding', 'accept', 'accept-encoding'],
  ...[IDENTITY_HEADER, REQUEST_ID_HEADER, 'x-api-key'],
]);

function headerNames() {
  return z
    .string()
    .transform((list) => list.split(',').map((name) => name.trim().toLowerCase()))
    .superRefine((names, context) => {
      for (const name of names) {
        if (!/^[a-z0-9!#$%&'*+.^_`|~-]+$/.test(name) || NEVER_FORWARDED.has(name))
          context.addIssue({ code: 'custom', message: `"${name}" is not a header that can be forwarded` });
      }
    });
}

function privateKey() {
  return z.string().transform((text, context): JWK => {
    const message = 'not a private Ed25519 key as JWK: {"kty":"OKP","crv":"Ed25519","x":…,"d":…}';
    const schema = z.looseObject({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: z.string(), d: z.string() });
    const parsed = schema.safeParse(jsonOf(text));
    if (parsed.success) return { kty: 'OKP', crv: 'Ed25519', x: parsed.data.x, d: parsed.data.d };
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
