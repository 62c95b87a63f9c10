import { readFile } from 'node:fs/promises';
import type { Logger } from 'pino';
import { createAccessTokenKeys } from './auth/access-token-keys.ts';
import { createAssertionSigner, generateAssertionKey } from './auth/assertion-signer.ts';
import { createRevokedSessions } from './auth/revoked-sessions.ts';
import type { Instances } from './build-clients.ts';
import { buildReadyEngine, type Engine } from './build-engine.ts';
import { buildRealtime } from './build-realtime.ts';
import { buildLastingSteps } from './build-steps.ts';
import type { Settings } from './config/settings.ts';
import type { Operation } from './context.ts';
import { createPresentErrors } from './errors/present-errors.ts';
import { StartRefused } from './errors/start-refused.ts';
import { probeSubgraph } from './execute/subgraph-client-probe.ts';
import { createHttpServer } from './http/create-http-server.ts';
import type { Clock, Stopwatch } from './lib/clock.ts';
import { createFinishFirst } from './lib/finish-first.ts';
import { newRequestId } from './lib/new-request-id.ts';
import { createReplaceable } from './lib/replaceable.ts';
import { createMetrics, type Metrics } from './observability/create-metrics.ts';
import { createReportFault } from './observability/report-fault.ts';
import { createPlanners, type Planners } from './plan/create-planners.ts';
import { buildRoutes } from './routes.ts';
import { followSupergraph } from './supergraph/follow-supergraph.ts';
import { loadInPieces, loadSupergraph, type LoadedSupergraph } from './supergraph/load-supergraph.ts';
import { createSupergraphReader } from './supergraph/supergraph-reader.ts';

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

/** Supergraphs that change several times in a row are read by one process. */
const READER_LINGER_MS = 10_000;

/**
 * Puts the gateway together: with the other `build-*.ts` and `routes.ts` the only place that knows what each part is
 * given. Whatever is made from the supergraph is the engine; each request runs on the one that is in force when it comes.
 */
export async function buildGateway(settings: Settings, surroundings: Surroundings): Promise<Gateway> {
  const { log, clock, stopwatch } = surroundings;
  const { begin, wentOn: onReply, waiting } = createFinishFirst(stopwatch);
  const metrics = createMetrics(waiting);
  const { presentErrors, logFault, reportBug } = reportersOf(log, metrics);

  const { accessTokens, assertionPrivateKey } = settings;
  const accessTokenKeys = accessTokens && createAccessTokenKeys({ url: accessTokens.jwksUrl });
  const assertions = await createAssertionSigner(assertionPrivateKey ?? (await generateAssertionKey()), clock);
  const revokedSessions = createRevokedSessions();
  const lasting = await buildLastingSteps({ settings, accessTokenKeys, revokedSessions, clock });
  const { planner, plannerTimeoutMs: limitMs } = settings;
  const planners = createPlanners({ first: planner, limitMs, onTrouble: reportBug });
  const watched = { metrics, stopwatch, onReply };
  const engines = engineMaker({ settings, lasting, assertions, presentErrors, logFault, planners, ...watched });
  const { sdl, first } = await firstEngine(settings.supergraph, engines.first, planners);
  const engine = createReplaceable({ first, close: (old) => old.close(), onCloseFailed: reportBug });

  const realtime = buildRealtime({ settings, engine, presentErrors, revokedSessions, metrics, clock, log });
  const server = createHttpServer({
    handle: buildRoutes({
      settings,
      run: (request) => engine.use(({ run }) => run(request)),
      openStream: realtime.openStream,
      presentErrors,
      metrics,
      accessTokenKeys,
      assertionKeys: assertions.publicKeys,
      newRequestId,
      stopwatch,
      begin,
      isServing: () => !server.isStopping(),
      probeSubgraphs: () => probeAll(engine.current().instances, stopwatch),
    }),
    handleUpgrade: realtime.handleUpgrade,
    reportFault: reportBug,
  });
  const unfollow = followSupergraph({
    path: settings.supergraph,
    pollMs: settings.supergraphPollMs,
    sdl,
    async apply(text) {
      engine.replace(await engines.next(text, engine.current().recentOperations()));
      realtime.renew();
    },
    count: metrics.reload,
    log,
  });

  const stop = async (): Promise<void> => {
    const streamsEnd = realtime.stop();
    await Promise.all([unfollow(), server.stop(settings.shutdownTimeoutMs, streamsEnd), streamsEnd]);
    await engine.close();
    await Promise.all([planners.close(), engines.close()]);
  };
  let stopped: Promise<void> | undefined;
  return {
    listen: () => server.listen(settings.port, settings.host),
    stop: () => (stopped ??= stop()),
  };
}

function reportersOf(log: Logger, metrics: Metrics) {
  const logFault = createReportFault(log);
  const presentErrors = createPresentErrors((fault) => {
    metrics.fault(fault.code);
    logFault(fault);
  });
  const reportBug = (cause: unknown): void => logFault({ requestId: 'none', code: 'INTERNAL_SERVER_ERROR', cause });
  return { presentErrors, logFault, reportBug };
}

/** The first engine is made as fast as can be, the others beside the requests that the one before has to answer. */
function engineMaker(parts: Parameters<typeof buildReadyEngine>[2]) {
  const reader = createSupergraphReader(READER_LINGER_MS);
  const loadApart = (sdl: string): Promise<LoadedSupergraph> => loadInPieces(sdl, reader.read);
  return {
    first: (sdl: string): Promise<Engine> => buildReadyEngine(sdl, loadSupergraph, parts),
    next: async (sdl: string, recent: readonly Operation[]): Promise<Engine> => {
      const engine = await buildReadyEngine(sdl, loadApart, parts);
      await engine.warmUp(recent);
      return engine;
    },
    close: reader.close,
  };
}

/** At the start there is no earlier supergraph to stay with: one that cannot be served ends it, and the message says why. */
async function firstEngine(
  file: string,
  engineOf: (sdl: string) => Promise<Engine>,
  planners: Planners,
): Promise<{ sdl: string; first: Engine }> {
  try {
    const sdl = await readFile(file, 'utf8');
    return { sdl, first: await engineOf(sdl) };
  } catch (cause) {
    await planners.close();
    if (cause instanceof StartRefused) throw cause;
    throw new StartRefused(`The supergraph ${file} cannot be used (SUPERGRAPH, --supergraph)`, cause);
  }
}

const PROBE_TIMEOUT_MS = 2_000;

function probeAll(instances: Instances, stopwatch: Stopwatch) {
  const all = [...instances].flatMap(([name, urls]) => urls.map((url) => ({ name, url })));
  return Promise.all(all.map((instance) => probeSubgraph({ ...instance, timeoutMs: PROBE_TIMEOUT_MS, stopwatch })));
}
