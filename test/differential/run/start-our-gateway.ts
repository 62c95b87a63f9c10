import { startGateway } from '../../gateway/support/start-gateway.ts';
import { AUDIENCE, ISSUER, startTokenIssuer, tokenOf } from '../../gateway/support/token-issuer.ts';
import type { Caller } from '../made-up/made-up-graph.ts';
import type { ServedSubgraph } from '../made-up/serve-subgraph.ts';
import type { Answer, Ask } from './start-oracles.ts';

interface OurGateway {
  readonly ask: Ask;
  /** What was logged since it was taken last. */
  readonly takeLog: () => readonly string[];
  readonly stop: () => Promise<void>;
}

interface Options {
  readonly env: Readonly<Record<string, string>>;
  readonly caller: Caller | undefined;
}

/** Starts our gateway over HTTP in front of running subgraphs; every operation carries the caller's access token. */
export async function startOurGateway(
  subgraphs: readonly ServedSubgraph[],
  { env, caller }: Options,
): Promise<OurGateway> {
  const issuer = await startTokenIssuer();
  const accessTokens = { JWKS_URL: issuer.jwksUrl, JWT_ISSUER: ISSUER, JWT_AUDIENCE: AUDIENCE };
  const gateway = await startGateway(subgraphs, { env: { ...env, ...(caller === undefined ? {} : accessTokens) } });
  const headers = caller === undefined ? {} : { authorization: `Bearer ${await tokenFor(caller, issuer)}` };

  return {
    ask: async ({ query, variables }) => (await gateway.post({ query, variables }, headers)).body as Answer,
    takeLog: () => gateway.logLines.splice(0),
    stop: async () => {
      await gateway.stop();
      await issuer.stop();
    },
  };
}

const WEEK_S = 7 * 24 * 3600;

/** The token outlives the longest run. */
async function tokenFor(
  { subject, roles, scopes }: Caller,
  issuer: Awaited<ReturnType<typeof startTokenIssuer>>,
): Promise<string> {
  const exp = Math.floor(Date.now() / 1000) + WEEK_S;
  return tokenOf(await issuer.addKey(), { sub: subject, roles, scope: scopes.join(' '), exp });
}
