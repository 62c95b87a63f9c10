import type { Identity } from '../../wire/identity.ts';
import type { AbortNotice } from '../lib/abort-notice.ts';
import type { Close } from './close-codes.ts';
import type { SocketLimits } from './socket-limits.ts';

/** A socket, or a stream over HTTP: what holds one place here from its opening to its end. */
export interface LiveClient {
  /** Where it is, as far as the proxies in front can be believed. */
  readonly address: string;
  readonly close: (close: Close) => void;
  /** Aborts when it is gone. */
  readonly gone: AbortNotice;
  /** By their ids: null for each operation that is being taken up, or whose last message is not sent yet. */
  readonly operations: Readonly<Record<string, unknown>>;
}

/** All live clients of this process, by where they come from, whose they are and by which session they were signed in. */
export interface ClientRegistry {
  /** Takes a new client in; false when its address has as many as it may. */
  readonly open: (client: LiveClient) => boolean;
  /** Notes whose a client is from now on; false, with nothing noted, when they have as many as they may. */
  readonly identify: (client: LiveClient, identity: Identity) => boolean;
  readonly close: (client: LiveClient) => void;
  readonly ofSignIn: (sessionId: string) => readonly LiveClient[];
  readonly all: () => readonly LiveClient[];
}

interface Places {
  readonly owner: string | undefined;
  readonly signIn: string | undefined;
}

/** Builds an empty registry. */
export function createClientRegistry({
  maxPerAddress,
  maxPerIdentity,
}: Pick<SocketLimits, 'maxPerAddress' | 'maxPerIdentity'>): ClientRegistry {
  const clients = new Map<LiveClient, Places>();
  const byAddress = createGroups();
  const byOwner = createGroups();
  const bySignIn = createGroups();
  return {
    open(client) {
      if (byAddress.size(client.address) >= maxPerAddress) return false;
      byAddress.move(client, undefined, client.address);
      clients.set(client, { owner: undefined, signIn: undefined });
      return true;
    },
    identify(client, identity) {
      const before = clients.get(client);
      const next = placesOf(identity);
      if (before === undefined) return false;
      const { owner } = next;
      if (owner !== undefined && owner !== before.owner && byOwner.size(owner) >= maxPerIdentity) return false;
      byOwner.move(client, before.owner, owner);
      bySignIn.move(client, before.signIn, next.signIn);
      clients.set(client, next);
      return true;
    },
    close(client) {
      const places = clients.get(client);
      if (!clients.delete(client)) return;
      byAddress.move(client, client.address, undefined);
      byOwner.move(client, places?.owner, undefined);
      bySignIn.move(client, places?.signIn, undefined);
    },
    ofSignIn: (sessionId) => bySignIn.of(sessionId),
    all: () => [...clients.keys()],
  };
}

function placesOf(identity: Identity): Places {
  if (identity.kind === 'anonymous') return { owner: undefined, signIn: undefined };
  return { owner: JSON.stringify([identity.kind, identity.subject]), signIn: identity.sessionId };
}

function createGroups() {
  const groups = new Map<string, Set<LiveClient>>();
  const add = (name: string, client: LiveClient): void => {
    groups.set(name, (groups.get(name) ?? new Set()).add(client));
  };
  const remove = (name: string, client: LiveClient): void => {
    const group = groups.get(name);
    group?.delete(client);
    if (group?.size === 0) groups.delete(name);
  };
  return {
    size: (name: string) => groups.get(name)?.size ?? 0,
    of: (name: string) => [...(groups.get(name) ?? [])],
    move(client: LiveClient, from: string | undefined, to: string | undefined) {
      if (from !== undefined) remove(from, client);
      if (to !== undefined) add(to, client);
    },
  };
}
