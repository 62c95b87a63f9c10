import { readFile } from 'node:fs/promises';
import { IDENTITY_HEADER } from '../wire/names.ts';
import { createAccessTokenVerifier } from './auth/access-token.ts';
import type { AccessTokenKeys } from './auth/access-token-keys.ts';
import type { AssertionSigner } from './auth/assertion-signer.ts';
import { createAuthenticate } from './auth/create-authenticate.ts';
import type { RevokedSessions } from './auth/revoked-sessions.ts';
import { loadPartners, type Partner } from './auth/partners.ts';
import { createAuthorize } from './authorize/create-authorize.ts';
import type { Settings } from './config/settings.ts';
import type { ClientHeaders } from './context.ts';
import type { PresentErrors, ReportFault } from './errors/present-errors.ts';
import { StartRefused } from './errors/start-refused.ts';
import { createExecute } from './execute/create-execute.ts';
import { createSend, type Sender } from './execute/create-send.ts';
import type { EventAnswers } from './execute/event-answers.ts';
import type { SubgraphClient } from './execute/subgraph-client.ts';
import type { Clock, Stopwatch } from './lib/clock.ts';
import { createTurnLimit } from './lib/turn-limit.ts';
import { createPrepare } from './operation/create-prepare.ts';
import { createFindDocument, type FindDocument } from './operation/find-document.ts';
import type { Steps } from './pipeline.ts';
import type { CompiledPlan } from './plan/compiled-plan.ts';
import { createPlan, PLANNING_MS_IN_A_TURN } from './plan/create-plan.ts';
import type { Planner } from './plan/planner.ts';
import type { LoadedSupergraph } from './supergraph/load-supergraph.ts';

interface LastingParts {
  readonly settings: Settings;
  readonly accessTokenKeys: AccessTokenKeys | undefined;
  readonly revokedSessions: RevokedSessions;
  readonly clock: Clock;
}

/** What steps know whatever the supergraph: who is calling, and the documents that can be called by their hash. */
export interface LastingSteps {
  readonly authenticate: Steps<CompiledPlan>['authenticate'];
  readonly findDocument: FindDocument;
}

/** Makes what outlives every supergraph. */
export async function buildLastingSteps(parts: LastingParts): Promise<LastingSteps> {
  const { partnersDir } = parts.settings;
  const partners = partnersDir === undefined ? undefined : await readPartners(partnersDir);
  return {
    authenticate: createAuthenticate({
      verifyAccessToken: verifierOf(parts),
      isRevoked: parts.revokedSessions.has,
      partners,
    }),
    findDocument: createFindDocument((partner) => partners?.find(({ id }) => id === partner)?.operations),
  };
}

interface Parts {
  readonly settings: Settings;
  readonly lasting: LastingSteps;
  readonly supergraph: LoadedSupergraph;
  readonly planner: Planner;
  /** From 0 to 100, drawn anew for each request. */
  readonly percentage: () => number;
  readonly stopwatch: Stopwatch;
  readonly clients: ReadonlyMap<string, SubgraphClient>;
  readonly assertions: AssertionSigner;
  readonly presentErrors: PresentErrors;
  readonly logFault: ReportFault;
  readonly eventAnswers: EventAnswers;
}

/** Whatever a subgraph is told of who asks: the headers that pass, and a signed assertion of the caller. */
export function subgraphHeaders({ settings: { forwardHeaders }, assertions }: Pick<Parts, 'settings' | 'assertions'>) {
  return ({ caller, request }: Sender, subgraph: string): ClientHeaders => {
    const headers: Record<string, string | undefined> = {};
    for (const name of forwardHeaders) headers[name] = request.headers[name];
    headers[IDENTITY_HEADER] = assertions.sign(caller, subgraph);
    return headers;
  };
}

/** Makes each step of a request for one supergraph, and gives it what it needs of the others' parts. */
export function buildSteps(parts: Parts): Steps<CompiledPlan> {
  const { settings, lasting, supergraph, clients, presentErrors, logFault } = parts;
  const { limits, isIntrospectionOn } = settings;
  const { findDocument } = lasting;
  return {
    authenticate: lasting.authenticate,
    prepare: createPrepare({ schema: supergraph.apiSchema, limits, isIntrospectionOn, findDocument }),
    authorize: createAuthorize(supergraph.annotatedSchema),
    plan: createPlan(parts.planner, parts.percentage, createTurnLimit(parts.stopwatch, PLANNING_MS_IN_A_TURN)),
    execute: createExecute({
      apiSchema: supergraph.apiSchema,
      sender: parts.eventAnswers.before(
        createSend({ clients, headersFor: subgraphHeaders(parts), logFailure: logFault }),
      ),
      senderKey: senderKey(parts),
      presentErrors,
    }),
  };
}

/** Everything about a client that a subgraph may be told: two requests with the same key may be answered alike. */
function senderKey({ settings: { forwardHeaders } }: Parts) {
  return ({ caller, request }: Pick<Sender, 'caller' | 'request'>): string => {
    let key = delimited(caller.key);
    for (const name of forwardHeaders) key += delimited(request.headers[name]);
    return key;
  };
}

/** A part of a text that is told from what stands beside it, whatever it is. */
function delimited(part: string | undefined): string {
  return part === undefined ? '-' : `${part.length}:${part}`;
}

async function readPartners(folder: string): Promise<Partner[]> {
  try {
    return await loadPartners(folder, readText);
  } catch (cause) {
    throw new StartRefused(`The partners in ${folder} cannot be used (PARTNERS_DIR)`, cause);
  }
}

function verifierOf({ settings: { accessTokens }, accessTokenKeys, clock }: LastingParts) {
  if (accessTokens === undefined || accessTokenKeys === undefined) return undefined;
  const { issuer, audience } = accessTokens;
  return createAccessTokenVerifier({ issuer, audience, keys: accessTokenKeys.find, clock });
}

function readText(path: string): Promise<string> {
  return readFile(path, 'utf8');
}
