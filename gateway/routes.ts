import type { JSONWebKeySet } from 'jose';
import { ACCESS_TOKEN_JWKS_PATH, ASSERTION_JWKS_PATH } from '../wire/names.ts';
import type { AccessTokenKeys } from './auth/access-token-keys.ts';
import type { Settings } from './config/settings.ts';
import type { ClientRequest, WrittenResult } from './context.ts';
import type { PresentErrors } from './errors/present-errors.ts';
import { createAnswerInStream } from './http/answer-in-stream.ts';
import { clientAddress } from './http/client-address.ts';
import { createCors } from './http/cors.ts';
import { createRouter, type Route } from './http/create-router.ts';
import { createGraphqlEndpoint } from './http/graphql-endpoint.ts';
import type { Handler } from './http/handler.ts';
import { createHealthEndpoints, type InstanceHealth } from './http/health-endpoints.ts';
import { openParts, type OpenParts } from './http/open-parts.ts';
import { requestIdFrom } from './http/request-id.ts';
import { sendJson } from './http/send-json.ts';
import type { Stopwatch } from './lib/clock.ts';
import type { FinishFirst } from './lib/finish-first.ts';
import type { Metrics } from './observability/create-metrics.ts';
import { acceptedStream } from './respond/accepted-stream.ts';
import { respond, respondInJson } from './respond/create-respond.ts';
import { acceptsIncremental, INCREMENTAL } from './respond/incremental-format.ts';
import { createSandbox } from './sandbox/create-sandbox.ts';
import type { OpenStream } from './subscriptions/open-stream.ts';

interface Parts {
  readonly settings: Settings;
  readonly run: (request: ClientRequest) => Promise<WrittenResult>;
  readonly openStream: OpenStream;
  readonly presentErrors: PresentErrors;
  readonly metrics: Metrics;
  readonly accessTokenKeys: AccessTokenKeys | undefined;
  readonly assertionKeys: JSONWebKeySet;
  readonly newRequestId: () => string;
  readonly stopwatch: Stopwatch;
  readonly begin: FinishFirst['begin'];
  readonly isServing: () => boolean;
  readonly probeSubgraphs: () => Promise<readonly InstanceHealth[]>;
}

const HEARTBEAT_MS = 12_000;
const STALLED_MS = 30_000;

/** Lays out every path that the gateway answers over HTTP. */
export function buildRoutes(parts: Parts): Handler {
  const { settings, run, presentErrors, metrics, accessTokenKeys } = parts;
  const { live, ready, services } = createHealthEndpoints(parts);
  const partsOf: OpenParts = (response, accept) =>
    acceptsIncremental(accept) ? openParts(response, INCREMENTAL, STALLED_MS) : undefined;
  const graphql = createGraphqlEndpoint({
    run,
    respond,
    acceptedStream,
    answerInStream: createAnswerInStream({
      open: parts.openStream,
      addressOf: (request) => clientAddress(request, settings.trustedProxies),
      respond: respondInJson,
      openParts: partsOf,
      presentErrors,
      times: {
        heartbeatMs: HEARTBEAT_MS,
        stalledMs: STALLED_MS,
        retryMs: () => 1_000 + Math.floor(Math.random() * 4_000),
      },
    }),
    openParts: partsOf,
    presentErrors,
    requestId: (header) => requestIdFrom(header, parts.newRequestId),
    cors: createCors({ origins: settings.corsOrigins, forwardHeaders: settings.forwardHeaders }),
    maxBodyBytes: settings.maxBodyBytes,
    stopwatch: parts.stopwatch,
    begin: parts.begin,
  });

  const get = (handle: Handler): Route => ({ handle, methods: ['GET', 'HEAD'] });
  const router = createRouter(
    new Map<string, Route>([
      ['/graphql', { handle: graphql }],
      ['/health', get(live)],
      ['/health/live', get(live)],
      ['/health/ready', get(ready)],
      ['/ready', get(ready)],
      ['/health/services', get(services)],
      ['/metrics', get(metricsText(metrics))],
      [ASSERTION_JWKS_PATH, get((_request, response) => sendJson(response, 200, parts.assertionKeys))],
      ...(accessTokenKeys === undefined ? [] : [[ACCESS_TOKEN_JWKS_PATH, get(publishKeys(accessTokenKeys))] as const]),
    ]),
  );

  if (settings.sandboxDir === undefined) return router;
  const sandbox = createSandbox({ assetsDir: settings.sandboxDir });
  return (request, response) => (sandbox(request, response) ? undefined : router(request, response));
}

function metricsText(metrics: Metrics): Handler {
  return async (_request, response) => {
    const text = await metrics.text();
    response.writeHead(200, { 'content-type': metrics.contentType }).end(text);
  };
}

function publishKeys(keys: AccessTokenKeys): Handler {
  return async (_request, response) => {
    const published = await keys.published().catch(() => undefined);
    if (published === undefined) sendJson(response, 503, { error: 'The keys cannot be fetched from their issuer.' });
    else sendJson(response, 200, published);
  };
}
