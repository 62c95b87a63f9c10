import type { Identity } from '../../wire/identity.ts';
import type { SocketLimits } from './socket-limits.ts';
import type { SocketSession } from './socket-session.ts';

/** All sockets of this process, by where they come from, whose they are and by which session they were signed in. */
export interface SocketRegistry {
  /** Takes a new socket in; false when its address has as many as it may. */
  readonly open: (session: SocketSession) => boolean;
  /** Notes whose a socket is from now on; false, with nothing noted, when they have as many as they may. */
  readonly identify: (session: SocketSession, identity: Identity) => boolean;
  readonly close: (session: SocketSession) => void;
  readonly ofSignIn: (sessionId: string) => readonly SocketSession[];
  readonly all: () => readonly SocketSession[];
}

interface Places {
  readonly owner: string | undefined;
  readonly signIn: string | undefined;
}

/** Builds an empty registry. */
export function createSocketRegistry({
  maxPerAddress,
  maxPerIdentity,
}: Pick<SocketLimits, 'maxPerAddress' | 'maxPerIdentity'>): SocketRegistry {
  const sockets = new Map<SocketSession, Places>();
  const byAddress = createGroups();
  const byOwner = createGroups();
  const bySignIn = createGroups();
  return {
    open(session) {
      if (byAddress.size(session.address) >= maxPerAddress) return false;
      byAddress.move(session, undefined, session.address);
      sockets.set(session, { owner: undefined, signIn: undefined });
      return true;
    },
    identify(session, identity) {
      const before = sockets.get(session);
      const next = placesOf(identity);
      if (before === undefined) return false;
      const { owner } = next;
      if (owner !== undefined && owner !== before.owner && byOwner.size(owner) >= maxPerIdentity) return false;
      byOwner.move(session, before.owner, owner);
      bySignIn.move(session, before.signIn, next.signIn);
      sockets.set(session, next);
      return true;
    },
    close(session) {
      const places = sockets.get(session);
      if (!sockets.delete(session)) return;
      byAddress.move(session, session.address, undefined);
      byOwner.move(session, places?.owner, undefined);
      bySignIn.move(session, places?.signIn, undefined);
    },
    ofSignIn: (sessionId) => bySignIn.of(sessionId),
    all: () => [...sockets.keys()],
  };
}

function placesOf(identity: Identity): Places {
  if (identity.kind === 'anonymous') return { owner: undefined, signIn: undefined };
  return { owner: JSON.stringify([identity.kind, identity.subject]), signIn: identity.sessionId };
}

function createGroups() {
  const groups = new Map<string, Set<SocketSession>>();
  const add = (name: string, session: SocketSession): void => {
    groups.set(name, (groups.get(name) ?? new Set()).add(session));
  };
  const remove = (name: string, session: SocketSession): void => {
    const group = groups.get(name);
    group?.delete(session);
    if (group?.size === 0) groups.delete(name);
  };
  return {
    size: (name: string) => groups.get(name)?.size ?? 0,
    of: (name: string) => [...(groups.get(name) ?? [])],
    move(session: SocketSession, from: string | undefined, to: string | undefined) {
      if (from !== undefined) remove(from, session);
      if (to !== undefined) add(to, session);
    },
  };
}
