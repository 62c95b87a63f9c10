import { createStore } from './create-store.ts';
import type { Store } from './create-store.ts';
import type { Post } from './post-operation.ts';
import { createSession } from './session.ts';
import type { Person, Session, Tokens } from './session.ts';

export type SignInState =
  | { status: 'signed-out'; notice: string | undefined }
  | { status: 'signing-in'; email: string }
  | { status: 'signed-in'; session: Session; expiresAt: number };

export interface SignIn {
  readonly store: Store<SignInState>;
  /** Signs in, in place of whoever is signed in now. Never rejects: the state tells what came of it. */
  signIn(email: string, password: string): Promise<void>;
  /** Ends the session at the server too. Never rejects. */
  signOut(): Promise<void>;
  /** The authorization header of whoever is signed in, undefined when nobody is. */
  authorization(): Promise<string | undefined>;
}

export interface SignInParts {
  post: Post;
  /** The text of a client's operation by its name. */
  operationText: (name: string) => string;
  /** In milliseconds since 1970. */
  now: () => number;
  /** Where the sign-in survives a reload: the browser tab's own storage. */
  storage: Pick<globalThis.Storage, 'getItem' | 'setItem' | 'removeItem'>;
}

const STORAGE_KEY = 'caregraph:sign-in';

/** Keeps who is signed in on this page. The tokens stay in memory and in `storage`. */
export function createSignIn({ post, operationText, now, storage }: SignInParts): SignIn {
  const store = createStore<SignInState>({ status: 'signed-out', notice: undefined });
  const isCurrent = (session: Session): boolean => {
    const state = store.get();
    return state.status === 'signed-in' && state.session === session;
  };

  function enter(session: Session): void {
    storage.setItem(STORAGE_KEY, JSON.stringify({ person: session.person, tokens: session.tokens() }));
    store.set({ status: 'signed-in', session, expiresAt: session.tokens().expiresAt });
  }

  function leave(notice?: string): void {
    storage.removeItem(STORAGE_KEY);
    store.set({ status: 'signed-out', notice });
  }

  function open(person: Person, tokens: Tokens): Session {
    return createSession({
      person,
      tokens,
      now,
      renew: async (refreshToken) => {
        const outcome = await post(operationText('Refresh'), { refreshToken }, undefined);
        return 'data' in outcome ? readTokens(outcome.data['refreshToken'], now()) : undefined;
      },
      onRenewed: (session) => {
        if (isCurrent(session)) enter(session);
      },
      onEnded: (session) => {
        if (isCurrent(session)) leave('Your sign-in has ended. Choose an account to sign in again.');
      },
    });
  }

  const stored = readStored(storage.getItem(STORAGE_KEY));
  if (stored) enter(open(stored.person, stored.tokens));

  return {
    store,
    signIn: async (email, password) => {
      store.set({ status: 'signing-in', email });
      try {
        const outcome = await post(operationText('Login'), { email, password }, undefined);
        const login = 'data' in outcome ? outcome.data['login'] : undefined;
        const tokens = readTokens(login, now());
        if (tokens) enter(open(readPerson(login, email), tokens));
        else leave('refusal' in outcome ? outcome.refusal : 'The answer to the sign-in holds no tokens.');
      } catch (error) {
        leave(error instanceof Error ? error.message : String(error));
      }
    },
    signOut: async () => {
      const state = store.get();
      leave();
      if (state.status === 'signed-in') await logOut(state.session, post, operationText('Logout'));
    },
    authorization: async () => {
      const state = store.get();
      return state.status === 'signed-in' ? state.session.authorization() : undefined;
    },
  };
}

/** The tokens are gone from the page already, whatever the server says. */
async function logOut(session: Session, post: Post, query: string): Promise<void> {
  try {
    await post(query, {}, await session.authorization());
  } catch {
    // The gateway is away, or the session had ended before: there is nothing left to end.
  }
}

function readTokens(value: unknown, now: number): Tokens | undefined {
  const { accessToken, refreshToken, expiresIn } = asObject(value);
  if (typeof accessToken !== 'string' || typeof refreshToken !== 'string' || typeof expiresIn !== 'number') return;
  return { accessToken, refreshToken, expiresAt: now + expiresIn * 1000 };
}

function readPerson(login: unknown, email: string): Person {
  const { id, name, role } = asObject(asObject(login)['user']);
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  return { id: text(id), name: text(name) || email, role: text(role), email };
}

/** What an earlier load of the page has stored; undefined when there is nothing, or nothing that fits. */
function readStored(text: string | null): { person: Person; tokens: Tokens } | undefined {
  if (text === null) return;
  const { person, tokens } = asObject(JSON.parse(text));
  const { accessToken, refreshToken, expiresAt } = asObject(tokens);
  const { email } = asObject(person);
  if (typeof accessToken !== 'string' || typeof refreshToken !== 'string' || typeof email !== 'string') return;
  if (typeof expiresAt !== 'number') return;
  return { person: readPerson({ user: person }, email), tokens: { accessToken, refreshToken, expiresAt } };
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
