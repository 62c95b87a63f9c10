import { readFile } from 'node:fs/promises';
import type { QueryPlan } from '@apollo/query-planner';
import { createAccessTokenVerifier } from './auth/access-token.ts';
import type { AccessTokenKeys } from './auth/access-token-keys.ts';
import type { AssertionSigner } from './auth/assertion-signer.ts';
import { createAuthenticate } from './auth/create-authenticate.ts';
import { loadPartners, type Partner } from './auth/partners.ts';
import { createAuthorize } from './authorize/create-authorize.ts';
import type { Settings } from './config/settings.ts';
import type { PresentErrors, ReportFault } from './errors/present-errors.ts';
import { StartRefused } from './errors/start-refused.ts';
import { createExecute } from './execute/create-execute.ts';
import type { SubgraphClient } from './execute/subgraph-client.ts';
import type { Clock } from './lib/clock.ts';
import { createPrepare } from './operation/create-prepare.ts';
import type { Steps } from './pipeline.ts';
import { createPlan } from './plan/create-plan.ts';
import type { LoadedSupergraph } from './supergraph/load-supergraph.ts';

interface Parts {
  readonly settings: Settings;
  readonly supergraph: LoadedSupergraph;
  readonly clients: ReadonlyMap<string, SubgraphClient>;
  readonly accessTokenKeys: AccessTokenKeys | undefined;
  readonly assertions: AssertionSigner;
  readonly presentErrors: PresentErrors;
  readonly logFault: ReportFault;
  readonly clock: Clock;
}

/** Makes each step of a request, and gives it what it needs of the others' parts. */
export async function buildSteps(parts: Parts): Promise<Steps<QueryPlan>> {
  const { settings, supergraph, clients, presentErrors } = parts;
  const { limits, isIntrospectionOn, forwardHeaders, partnersDir } = settings;
  const partners = partnersDir === undefined ? undefined : await readPartners(partnersDir);
  return {
    authenticate: createAuthenticate({ verifyAccessToken: verifierOf(parts), partners }),
    prepare: createPrepare({
      schema: supergraph.apiSchema,
      limits,
      isIntrospectionOn,
      storedOperations: (partner) => partners?.find(({ id }) => id === partner)?.operations,
    }),
    authorize: createAuthorize(supergraph.annotatedSchema),
    plan: createPlan(supergraph),
    execute: createExecute({
      supergraph,
      clients,
      signAssertion: parts.assertions.sign,
      forwardHeaders,
      presentErrors,
      logFailure: parts.logFault,
    }),
  };
}

async function readPartners(folder: string): Promise<Partner[]> {
  try {
    return await loadPartners(folder, readText);
  } catch (cause) {
    throw new StartRefused(`The partners in ${folder} cannot be used (PARTNERS_DIR)`, cause);
  }
}

function verifierOf({ settings: { accessTokens }, accessTokenKeys, clock }: Parts) {
  if (accessTokens === undefined || accessTokenKeys === undefined) return undefined;
  const { issuer, audience } = accessTokens;
  return createAccessTokenVerifier({ issuer, audience, keys: accessTokenKeys.find, clock });
}

function readText(path: string): Promise<string> {
  return readFile(path, 'utf8');
}
