import { ANONYMOUS, type Identity } from '../../wire/identity.ts';
import type { Caller, ClientRequest } from '../context.ts';
import { GatewayError } from '../errors/gateway-error.ts';
import type { Soon } from '../lib/soon.ts';
import { callerKey } from './caller-key.ts';
import { partnerOfApiKey, type Partner } from './partners.ts';

interface Options {
  /** Undefined: access tokens are left to the subgraphs, and whoever sends one is anonymous to the gateway. */
  readonly verifyAccessToken: ((token: string) => Promise<Caller>) | undefined;
  /** Whether the session that a token belongs to has ended before it. */
  readonly isRevoked: (identity: Identity) => boolean;
  /** Undefined: API keys are not looked at. */
  readonly partners: readonly Partner[] | undefined;
}

const NOBODY: Caller = { identity: ANONYMOUS, key: callerKey(ANONYMOUS) };

/**
 * Builds the first step: who is calling, by `authorization: Bearer` (RFC 6750) or by `x-api-key`, never by both. No credentials
 * make an anonymous caller; credentials that do not hold are refused, rather than taken for none.
 */
export function createAuthenticate({ verifyAccessToken, isRevoked, partners }: Options) {
  const partnerCallers = new Map(partners?.map((partner) => [partner, callerOf(partner)]));

  return ({ headers }: Pick<ClientRequest, 'headers'>): Soon<Caller> => {
    const apiKey = headers['x-api-key'];
    const authorization = verifyAccessToken === undefined ? undefined : headers['authorization'];
    if (apiKey !== undefined && partners !== undefined) {
      if (authorization !== undefined)
        throw new GatewayError('BAD_USER_INPUT', 'Send an access token or an API key, not both.');
      const partner = partnerOfApiKey(partners, apiKey);
      const caller = partner && partnerCallers.get(partner);
      if (caller === undefined) throw new GatewayError('UNAUTHENTICATED', 'The API key is not known.');
      return caller;
    }
    if (authorization === undefined || verifyAccessToken === undefined) return NOBODY;
    const token = /^Bearer +([A-Za-z0-9\-._~+/]+=*)$/i.exec(authorization)?.[1];
    if (token === undefined)
      throw new GatewayError('UNAUTHENTICATED', 'The authorization header is not of the form "Bearer <access token>".');
    return verifyAccessToken(token).then(withLastingSession);
  };

  function withLastingSession(caller: Caller): Caller {
    if (!isRevoked(caller.identity)) return caller;
    throw new GatewayError('UNAUTHENTICATED', 'The session of this access token has ended: sign in again.');
  }
}

function callerOf({ id, scopes }: Partner): Caller {
  const identity = { kind: 'partner', subject: id, roles: ['PARTNER'], scopes } as const;
  return { identity, key: callerKey(identity) };
}
