import { parseArgs } from 'node:util';
import type { z } from 'zod';
import { busSettings } from '../../events/bus-settings.ts';
import { environmentSchema } from './environment.ts';
import { realtimeSettings } from './realtime-settings.ts';
import type { Settings } from './settings.ts';
import { subgraphSubscriptionsFrom } from './subgraph-subscriptions.ts';
import { subgraphUrlsFrom } from './subgraph-urls.ts';

/** The settings did not hold; the message lists every bad key, one a line. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

const MEBIBYTE = 1024 * 1024;

/**
 * Reads the settings from the environment and the command line, which wins. `--supergraph FILE` names somebody else's
 * supergraph: production settings then, and nothing that only our own platform has. Throws `SettingsError`.
 */
export function loadSettings(env: Readonly<Record<string, string | undefined>>, argv: readonly string[]): Settings {
  const args = parseArguments(argv);
  const given = withoutEmpty({ ...env, ...flagsAsEnvironment(args) });
  const isForeign = args.supergraph !== undefined;
  const isDevelopment = !isForeign && given['NODE_ENV'] !== 'production';

  const parsed = environmentSchema(isDevelopment).safeParse(given);
  const urls = subgraphUrlsFrom(given);
  const events = busSettings.safeParse(given);
  const { subscriptions, problems: notSubscriptions } = subgraphSubscriptionsFrom(given);
  const problems = [...problemsOf(parsed.error), ...problemsOf(events.error), ...urls.problems, ...notSubscriptions];
  if (parsed.success && !isForeign && !isDevelopment && parsed.data.JWKS_URL === undefined)
    problems.push('JWKS_URL: missing; in production it says whose keys sign the access tokens');
  if (!parsed.success || !events.success || problems.length > 0) throw refusalOf(problems);

  const { data } = parsed;
  return {
    port: data.PORT,
    host: data.HOST,
    workers: data.WORKERS,
    logLevel: data.LOG_LEVEL,
    supergraph: data.SUPERGRAPH,
    supergraphPollMs: data.SUPERGRAPH_POLL_MS,
    planner: data.QUERY_PLANNER,
    plannerTimeoutMs: data.QUERY_PLANNER_TIMEOUT_MS,
    subgraphUrls: urls.urls,
    subgraphSubscriptions: subscriptions,
    subgraphTimeoutMs: data.SUBGRAPH_TIMEOUT_MS,
    accessTokens:
      data.JWKS_URL === undefined
        ? undefined
        : { issuer: data.JWT_ISSUER, audience: data.JWT_AUDIENCE, jwksUrl: data.JWKS_URL },
    assertionPrivateKey: data.ASSERTION_PRIVATE_KEY,
    partnersDir: data.PARTNERS_DIR,
    eventSettings: events.data,
    trustedProxies: data.TRUSTED_PROXIES,
    realtime: realtimeSettings(data),
    forwardHeaders: data.FORWARD_HEADERS,
    corsOrigins: [data.FRONTEND_URL, data.ADMIN_URL].filter((origin) => origin !== undefined),
    sandboxDir: data.SANDBOX === 'on' ? data.SANDBOX_DIR : undefined,
    isIntrospectionOn: data.INTROSPECTION === 'on',
    limits: {
      maxTokens: 10_000,
      maxDepth: 20,
      maxAliases: 100,
      maxRootFields: 50,
      maxFields: 5_000,
      maxNesting: 100,
      // How long the lists of a foreign schema are, nobody has said here.
      ...(isForeign
        ? { maxAnswerFields: 1_000_000, assumedListLength: 1 }
        : { maxAnswerFields: 25_000, assumedListLength: 10 }),
    },
    maxBodyBytes: MEBIBYTE,
    shutdownTimeoutMs: 10_000,
  };
}

interface Arguments {
  readonly supergraph?: string | undefined;
  readonly port?: string | undefined;
  readonly workers?: string | undefined;
  readonly 'forward-header'?: readonly string[] | undefined;
}

function parseArguments(argv: readonly string[]): Arguments {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        supergraph: { type: 'string' },
        port: { type: 'string' },
        workers: { type: 'string' },
        'forward-header': { type: 'string', multiple: true },
      },
    }).values;
  } catch (error) {
    throw refusalOf([`command line: ${error instanceof Error ? error.message : String(error)}`]);
  }
}

function flagsAsEnvironment(args: Arguments): Record<string, string> {
  return {
    ...(args.supergraph === undefined ? {} : { SUPERGRAPH: args.supergraph }),
    ...(args.port === undefined ? {} : { PORT: args.port }),
    ...(args.workers === undefined ? {} : { WORKERS: args.workers }),
    ...(args['forward-header'] === undefined ? {} : { FORWARD_HEADERS: args['forward-header'].join(',') }),
  };
}

/** An empty value, as compose files and shells leave behind, counts as one that is not there. */
function withoutEmpty(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== ''),
  );
}

function problemsOf(error: z.ZodError | undefined): string[] {
  return (error?.issues ?? []).map(({ path, message }) => `${String(path[0] ?? '')}: ${message}`);
}

function refusalOf(problems: readonly string[]): SettingsError {
  return new SettingsError(`The settings do not hold:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
}
