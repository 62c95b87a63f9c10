/** Who has signed in. */
export interface Person {
  id: string;
  name: string;
  email: string;
  role: string;
}

export interface Tokens {
  accessToken: string;
  refreshToken: string;
  /** When the access token expires, in milliseconds since 1970. */
  expiresAt: number;
}

/** One person's sign-in. It outlives a switch to another account where a subscription still runs under it. */
export interface Session {
  readonly person: Person;
  tokens(): Tokens;
  /** The value of the authorization header; renews the access token first when it is about to expire. */
  authorization(): Promise<string>;
}

export interface SessionParts {
  person: Person;
  tokens: Tokens;
  /** Trades a refresh token for new tokens; undefined when the server says that the sign-in has ended. */
  renew: (refreshToken: string) => Promise<Tokens | undefined>;
  /** In milliseconds since 1970. */
  now: () => number;
  onRenewed: (session: Session) => void;
  onEnded: (session: Session) => void;
}

const RENEW_BEFORE_MS = 20_000;

/** Creates a session. Its `authorization` rejects, in words to be shown, once the sign-in has ended. */
export function createSession({ person, renew, now, onRenewed, onEnded, ...parts }: SessionParts): Session {
  let tokens = parts.tokens;
  let renewal: Promise<void> | undefined;

  // A refresh token works once: everybody who needs a new access token waits for the same renewal.
  async function renewOnce(): Promise<void> {
    const renewed = await renew(tokens.refreshToken);
    if (!renewed) {
      onEnded(session);
      throw new Error(`The sign-in of ${person.email} has ended. Choose an account to sign in again.`);
    }
    tokens = renewed;
    onRenewed(session);
  }

  const session: Session = {
    person,
    tokens: () => tokens,
    authorization: async () => {
      if (tokens.expiresAt - now() <= RENEW_BEFORE_MS) {
        renewal ??= renewOnce().finally(() => (renewal = undefined));
        await renewal;
      }
      return `Bearer ${tokens.accessToken}`;
    },
  };
  return session;
}
