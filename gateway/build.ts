import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Logger } from 'pino';
import { createAccessTokenKeys, type AccessTokenKeys } from './auth/access-token-keys.ts';
import { createAccessTokenVerifier } from './auth/access-token.ts';
import { createAssertionSigner, generateAssertionKey } from './auth/assertion-signer.ts';
import { createAuthenticate } from './auth/create-authenticate.ts';
import { loadPartners } from './auth/partners.ts';
import type { Settings } from './config/settings.ts';
import { environmentName } from './config/subgraph-urls.ts';
import { createPresentErrors } from './errors/present-errors.ts';
import { createExecute } from './execute/create-execute.ts';
import { probeSubgraph } from './execute/subgraph-client-probe.ts';
import { createSubgraphClient } from './execute/subgraph-client.ts';
import { createHttpServer } from './http/create-http-server.ts';
import type { Clock, Stopwatch } from './lib/clock.ts';
import { createMetrics } from './observability/create-metrics.ts';
import { measureSteps } from './observability/measure-steps.ts';
import { createReportFault } from './observability/report-fault.ts';
import { createPrepare } from './operation/create-prepare.ts';
import { createPlan } from './plan/create-plan.ts';
import { buildRoutes } from './routes.ts';
import { loadSupergraph } from './supergraph/load-supergraph.ts';
import { subgraphInstances } from './supergraph/subgraph-instances.ts';

/** A gateway that is put together, and listens when told to. */
export interface Gateway {
  /** Resolves with the port. */
  readonly listen: () => Promise<number>;
  /** Ends what is in flight, then lets go of every connection. */
  readonly stop: () => Promise<void>;
}

interface Surroundings {
  readonly log: Logger;
  readonly clock: Clock;
  readonly stopwatch: Stopwatch;
}

const PROBE_TIMEOUT_MS = 2_000;

/** Puts the gateway together: the only place that knows how the steps are made and what each is given. */
export async function buildGateway(settings: Settings, surroundings: Surroundings): Promise<Gateway> {
  const { log, clock, stopwatch } = surroundings;
  const metrics = createMetrics();
  const logFault = createReportFault(log);
  const presentErrors = createPresentErrors((fault) => {
    metrics.fault(fault.code);
    logFault(fault);
  });

  const supergraph = loadSupergraph(await readFile(settings.supergraph, 'utf8'));
  const instances = subgraphInstances(supergraph.routingUrls, (name) =>
    settings.subgraphUrls.get(environmentName(name)),
  );
  const { subgraphTimeoutMs: timeoutMs, forwardHeaders } = settings;
  const passesCredentials = forwardHeaders.length > 0;
  const clients = new Map(
    [...instances].map(([name, urls]) => {
      const options = { name, urls, timeoutMs, passesCredentials, observe: metrics.fetch, stopwatch };
      return [name, createSubgraphClient(options)] as const;
    }),
  );

  const assertions = await createAssertionSigner(settings.assertionPrivateKey ?? (await generateAssertionKey()), clock);
  const { accessTokens, partnersDir } = settings;
  const keys = accessTokens && createAccessTokenKeys({ url: accessTokens.jwksUrl });
  const partners = partnersDir === undefined ? undefined : await loadPartners(partnersDir, readText);
  const steps = measureSteps(
    {
      authenticate: createAuthenticate({ verifyAccessToken: verifierOf(accessTokens, keys, clock), partners }),
      prepare: createPrepare({
        schema: supergraph.apiSchema,
        limits: settings.limits,
        isIntrospectionOn: settings.isIntrospectionOn,
        storedOperations: (partner) => partners?.find(({ id }) => id === partner)?.operations,
      }),
      authorize: async () => undefined,
      plan: createPlan(supergraph),
      execute: createExecute({ supergraph, clients, signAssertion: assertions.sign, forwardHeaders, presentErrors }),
    },
    metrics,
    stopwatch,
  );

  const server = createHttpServer({
    handle: buildRoutes({
      settings,
      steps,
      presentErrors,
      metrics,
      accessTokenKeys: keys,
      assertionKeys: assertions.publicKeys,
      newRequestId: randomUUID,
      isServing: () => !server.isStopping(),
      probeSubgraphs: () =>
        Promise.all(
          [...instances].flatMap(([name, urls]) =>
            urls.map((url) => probeSubgraph({ name, url, timeoutMs: PROBE_TIMEOUT_MS, stopwatch })),
          ),
        ),
    }),
    handleUpgrade: (_request, socket) => socket.destroy(),
    reportFault: (cause) => logFault({ requestId: 'none', code: 'INTERNAL_SERVER_ERROR', cause }),
  });

  return {
    listen: () => server.listen(settings.port, settings.host),
    stop: async () => {
      await server.stop(settings.shutdownTimeoutMs);
      await Promise.all([...clients.values()].map((client) => client.close()));
    },
  };
}

function readText(path: string): Promise<string> {
  return readFile(path, 'utf8');
}

function verifierOf(accessTokens: Settings['accessTokens'], keys: AccessTokenKeys | undefined, clock: Clock) {
  if (accessTokens === undefined || keys === undefined) return undefined;
  const { issuer, audience } = accessTokens;
  return createAccessTokenVerifier({ issuer, audience, keys: keys.find, clock });
}
