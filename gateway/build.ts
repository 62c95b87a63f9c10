import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Logger } from 'pino';
import { createAccessTokenKeys } from './auth/access-token-keys.ts';
import { createAssertionSigner, generateAssertionKey } from './auth/assertion-signer.ts';
import { buildRealtime } from './build-realtime.ts';
import { buildSteps } from './build-steps.ts';
import type { Settings } from './config/settings.ts';
import { environmentName } from './config/subgraph-urls.ts';
import { createPresentErrors } from './errors/present-errors.ts';
import { StartRefused } from './errors/start-refused.ts';
import { probeSubgraph } from './execute/subgraph-client-probe.ts';
import { createSubgraphClient } from './execute/subgraph-client.ts';
import { createHttpServer } from './http/create-http-server.ts';
import type { Clock, Stopwatch } from './lib/clock.ts';
import { createMetrics, type Metrics } from './observability/create-metrics.ts';
import { measureSteps } from './observability/measure-steps.ts';
import { createReportFault } from './observability/report-fault.ts';
import { buildRoutes } from './routes.ts';
import { loadSupergraph, type LoadedSupergraph } from './supergraph/load-supergraph.ts';
import { subgraphInstances } from './supergraph/subgraph-instances.ts';

/** A gateway that is put together, and listens when told to. */
export interface Gateway {
  /** Resolves with the port. */
  readonly listen: () => Promise<number>;
  /** Ends what is in flight, then lets go of every connection; once, however often it is asked to. */
  readonly stop: () => Promise<void>;
}

interface Surroundings {
  readonly log: Logger;
  readonly clock: Clock;
  readonly stopwatch: Stopwatch;
}

/** Instances of each subgraph, by the subgraph's name. */
type Instances = ReadonlyMap<string, readonly string[]>;

/** Puts the gateway together: with `build-steps.ts` and `routes.ts` the only place that knows what each part is given. */
export async function buildGateway(settings: Settings, surroundings: Surroundings): Promise<Gateway> {
  const { log, clock, stopwatch } = surroundings;
  const metrics = createMetrics();
  const logFault = createReportFault(log);
  const presentErrors = createPresentErrors((fault) => {
    metrics.fault(fault.code);
    logFault(fault);
  });

  const supergraph = await readSupergraph(settings.supergraph);
  const instances = instancesOf(supergraph, settings);
  const clients = clientsOf(instances, settings, { metrics, stopwatch });
  const { accessTokens, assertionPrivateKey } = settings;
  const accessTokenKeys = accessTokens && createAccessTokenKeys({ url: accessTokens.jwksUrl });
  const assertions = await createAssertionSigner(assertionPrivateKey ?? (await generateAssertionKey()), clock);
  const errors = { presentErrors, logFault };
  const bare = await buildSteps({ settings, supergraph, clients, accessTokenKeys, assertions, clock, ...errors });
  const steps = measureSteps(bare, metrics, stopwatch);

  const realtime = buildRealtime({ settings, supergraph, steps, presentErrors, clock, log });
  const server = createHttpServer({
    handle: buildRoutes({
      settings,
      steps,
      presentErrors,
      metrics,
      accessTokenKeys,
      assertionKeys: assertions.publicKeys,
      newRequestId: randomUUID,
      isServing: () => !server.isStopping(),
      probeSubgraphs: () => probeAll(instances, stopwatch),
    }),
    handleUpgrade: realtime.handleUpgrade,
    reportFault: (cause) => logFault({ requestId: 'none', code: 'INTERNAL_SERVER_ERROR', cause }),
  });

  const stop = async (): Promise<void> => {
    await Promise.all([server.stop(settings.shutdownTimeoutMs), realtime.stop()]);
    await Promise.all([...clients.values()].map((client) => client.close()));
  };
  let stopped: Promise<void> | undefined;
  return {
    listen: () => server.listen(settings.port, settings.host),
    stop: () => (stopped ??= stop()),
  };
}

async function readSupergraph(file: string): Promise<LoadedSupergraph> {
  try {
    return loadSupergraph(await readFile(file, 'utf8'));
  } catch (cause) {
    throw new StartRefused(`The supergraph ${file} cannot be used (SUPERGRAPH, --supergraph)`, cause);
  }
}

function instancesOf({ routingUrls }: LoadedSupergraph, { subgraphUrls }: Settings): Instances {
  try {
    return subgraphInstances(routingUrls, (name) => subgraphUrls.get(environmentName(name)));
  } catch (cause) {
    throw new StartRefused('A subgraph has no address (<NAME>_SUBGRAPH_URL)', cause);
  }
}

function clientsOf(instances: Instances, settings: Settings, watch: { metrics: Metrics; stopwatch: Stopwatch }) {
  const { subgraphTimeoutMs: timeoutMs, forwardHeaders } = settings;
  const passesCredentials = forwardHeaders.length > 0;
  return new Map(
    [...instances].map(([name, urls]) => {
      const { metrics, stopwatch } = watch;
      return [
        name,
        createSubgraphClient({ name, urls, timeoutMs, passesCredentials, observe: metrics.fetch, stopwatch }),
      ] as const;
    }),
  );
}

const PROBE_TIMEOUT_MS = 2_000;

function probeAll(instances: Instances, stopwatch: Stopwatch) {
  const all = [...instances].flatMap(([name, urls]) => urls.map((url) => ({ name, url })));
  return Promise.all(all.map((instance) => probeSubgraph({ ...instance, timeoutMs: PROBE_TIMEOUT_MS, stopwatch })));
}
