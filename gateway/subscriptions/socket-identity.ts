import type { Identity } from '../../wire/identity.ts';
import type { Caller, ClientHeaders } from '../context.ts';
import type { PresentErrors } from '../errors/present-errors.ts';
import type { Clock } from '../lib/clock.ts';
import { atTime } from './at-time.ts';
import type { ClientRegistry } from './client-registry.ts';
import { CLOSE, type Close } from './close-codes.ts';
import { connectionHeaders } from './connection-headers.ts';
import type { EngineInForce } from './realtime-engine.ts';
import { socketRequest } from './socket-request.ts';
import { inTurn, type SocketSession } from './socket-session.ts';

export interface SocketIdentityOptions {
  readonly engine: EngineInForce;
  readonly registry: Pick<ClientRegistry, 'identify'>;
  readonly isRevoked: (identity: Identity) => boolean;
  readonly presentErrors: PresentErrors;
  readonly clock: Clock;
  readonly newRequestId: () => string;
}

type Payload = Readonly<Record<string, unknown>> | undefined;

/** Who sockets speak for: first by their `connection_init`, then by the access tokens that pings bring; each ends with its token. */
export class SocketIdentity {
  readonly #options: SocketIdentityOptions;
  readonly #expiries = new WeakMap<SocketSession, () => void>();

  constructor(options: SocketIdentityOptions) {
    this.#options = options;
  }

  /** Whether a socket may go on; it is closed with the reason where it may not. */
  async connect(session: SocketSession, payload: Payload): Promise<boolean> {
    const { presentErrors, newRequestId } = this.#options;
    const headers = connectionHeaders(session.upgradeHeaders, payload);
    const { gone: signal } = session;
    signal.addEventListener('abort', () => this.#expiries.get(session)?.());
    try {
      const caller = await this.#authenticate(session, headers);
      if (signal.aborted) return false;
      const refusal = this.#become(session, caller, headers);
      if (refusal !== undefined) session.close(refusal);
      return refusal === undefined;
    } catch (error) {
      const { errors } = presentErrors.thrown(error, newRequestId());
      session.close(closeFor(errors[0]?.extensions['code']));
      return false;
    }
  }

  /** What the pong says: when the new token ends, or why it is not taken; of a ping without token, what the ping said. */
  async answerPing(session: SocketSession, payload: Payload): Promise<unknown> {
    const accessToken = payload?.['accessToken'];
    if (accessToken === undefined) return payload;
    if (session.connection === undefined || typeof accessToken !== 'string')
      return { error: { code: 'BAD_USER_INPUT', message: 'After connection_init, accessToken: a text.' } };
    return inTurn(session, () => this.#refresh(session, accessToken));
  }

  async #refresh(session: SocketSession, accessToken: string): Promise<unknown> {
    const { presentErrors, newRequestId } = this.#options;
    const headers = { ...session.connection?.headers, authorization: `Bearer ${accessToken}` };
    try {
      const caller = await this.#authenticate(session, headers);
      if (session.gone.aborted) return undefined;
      const isSame = isSamePerson(session.connection?.caller.identity, caller.identity);
      const refusal = isSame ? this.#become(session, caller, headers) : CLOSE.identityChanged;
      if (refusal !== undefined) {
        session.close(refusal);
        return undefined;
      }
      await Promise.all([...session.subscriptions].map((one) => one.changeCaller(caller, headers)));
      return { expiresAt: caller.expiresAtMs === undefined ? null : new Date(caller.expiresAtMs).toISOString() };
    } catch (error) {
      const [refusal] = presentErrors.thrown(error, newRequestId()).errors;
      return { error: { code: refusal?.extensions['code'], message: refusal?.message } };
    }
  }

  #authenticate(session: SocketSession, headers: ClientHeaders): Promise<Caller> {
    const request = socketRequest(session, { headers, params: {}, requestId: this.#options.newRequestId() });
    return this.#options.engine.use(async ({ steps }) => steps.authenticate(request));
  }

  #become(session: SocketSession, caller: Caller, headers: ClientHeaders): Close | undefined {
    const { registry, isRevoked, clock } = this.#options;
    if (!registry.identify(session, caller.identity)) return CLOSE.tooManyOfIdentity;
    // Asked once more, in the step in which the socket can be found by its session: it may have ended meanwhile.
    if (isRevoked(caller.identity)) return CLOSE.sessionEnded;
    session.connection = { caller, headers };
    this.#expiries.get(session)?.();
    this.#expiries.delete(session);
    if (caller.expiresAtMs !== undefined) {
      const expire = (): void => session.close(CLOSE.credentialsExpired);
      this.#expiries.set(session, atTime(caller.expiresAtMs, clock, expire));
    }
    return undefined;
  }
}

function isSamePerson(one: Identity | undefined, other: Identity): boolean {
  if (one === undefined || one.kind === 'anonymous' || other.kind === 'anonymous') return one?.kind === other.kind;
  return one.kind === other.kind && one.subject === other.subject;
}

function closeFor(code: unknown): Close {
  if (code === 'TOKEN_EXPIRED') return CLOSE.credentialsExpired;
  const isTheirs = code === 'UNAUTHENTICATED' || code === 'FORBIDDEN' || code === 'BAD_USER_INPUT';
  return isTheirs ? CLOSE.credentialsRefused : CLOSE.tryAgainLater;
}
