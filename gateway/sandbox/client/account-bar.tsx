import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { DEMO_PASSWORD, demoAccounts } from './demo-accounts.ts';
import type { Session } from './session.ts';
import type { SignIn, SignInState } from './sign-in.ts';
import { useStore } from './use-store.ts';

const TICK_MS = 5_000;

/** The bar at the top: the product's name, a button for each demo account, and who is signed in for how long. */
export function AccountBar({ signIn }: { signIn: SignIn }): ReactNode {
  const state = useStore(signIn.store);
  const email = emailOf(state);
  return (
    <header className="cg-bar">
      <h1 className="cg-name">
        <Mark />
        CareGraph <span>sandbox</span>
      </h1>
      <div className="cg-accounts" role="group" aria-label="Sign in as">
        <span className="cg-label">Sign in as</span>
        {demoAccounts.map((account) => (
          <button
            key={account.email}
            type="button"
            className="cg-account"
            title={`${account.email}: ${account.hint}`}
            aria-pressed={account.email === email}
            disabled={state.status === 'signing-in'}
            onClick={() => void signIn.signIn(account.email, DEMO_PASSWORD)}
          >
            {account.label}
          </button>
        ))}
      </div>
      <div className="cg-who" role="status">
        <Who state={state} />
      </div>
      {state.status === 'signed-in' && (
        <button type="button" className="cg-quiet" onClick={() => void signIn.signOut()}>
          Sign out
        </button>
      )}
    </header>
  );
}

function Who({ state }: { state: SignInState }): ReactNode {
  if (state.status === 'signing-in') return 'Signing in …';
  if (state.status === 'signed-in') return <SignedIn session={state.session} expiresAt={state.expiresAt} />;
  if (state.notice !== undefined) return <span className="cg-problem">{state.notice}</span>;
  return 'Not signed in';
}

/** Counts down, and renews the access token as it runs out. */
function SignedIn({ session, expiresAt }: { session: Session; expiresAt: number }): ReactNode {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => {
      setNow(Date.now());
      // When the sign-in has ended, the state says so; while the gateway is away, the next tick tries again.
      session.authorization().catch(() => undefined);
    }, TICK_MS);
    return () => clearInterval(timer);
  }, [session]);

  const { name, role, email } = session.person;
  const minutesLeft = Math.max(0, Math.ceil((expiresAt - now) / 60_000));
  return (
    <>
      <strong title={email}>{name}</strong>
      <span className="cg-role">{role}</span>
      <span title="The access token is renewed by itself while this page is open">{minutesLeft} min left</span>
    </>
  );
}

function Mark(): ReactNode {
  return (
    <svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true">
      <rect width="24" height="24" rx="6" fill="#0f766e" />
      <path d="M12 6v12M6 12h12" stroke="#fff" strokeWidth="2.6" strokeLinecap="round" />
    </svg>
  );
}

function emailOf(state: SignInState): string | undefined {
  if (state.status === 'signing-in') return state.email;
  return state.status === 'signed-in' ? state.session.person.email : undefined;
}
