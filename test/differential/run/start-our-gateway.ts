import { mergeParts } from '../../gateway/support/merge-parts.ts';
import { allParts, askInParts } from '../../gateway/support/read-parts.ts';
import { startGateway } from '../../gateway/support/start-gateway.ts';
import { AUDIENCE, ISSUER, startTokenIssuer, tokenOf } from '../../gateway/support/token-issuer.ts';
import type { Caller } from '../made-up/made-up-graph.ts';
import type { ServedSubgraph } from '../made-up/serve-subgraph.ts';
import type { Answer, Ask } from './start-oracles.ts';

/** What the pieces of an answer come to, and how many followed the first. */
export type AskInPieces = (operation: Parameters<Ask>[0]) => Promise<Answer & { readonly following: number }>;

interface OurGateway {
  readonly ask: Ask;
  /** Takes the answer in pieces, and puts them together. */
  readonly askInPieces: AskInPieces;
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
    askInPieces: async ({ query, variables }) => {
      const response = await askInParts(gateway.url, { query, variables }, { headers });
      if (response.headers.get('content-type')?.startsWith('multipart/') !== true)
        return { ...((await response.json()) as Answer), following: 0 };
      const parts = await allParts(response);
      return { ...(mergeParts(parts) as Answer), following: parts.length - 1 };
    },
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
