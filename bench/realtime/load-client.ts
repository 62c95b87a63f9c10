import { setTimeout as delay } from 'node:timers/promises';
import { importJWK, SignJWT, type JWK } from 'jose';
import type { WebSocket } from 'ws';
import { openClient } from './client-socket.ts';
import { timeOfChangeIn } from './clinic.ts';

// Holds many sockets, and tells over the process's channel what came over them.

/** Sockets to be opened, numbered from `first` on. */
export interface ConnectOrder {
  readonly url: string;
  readonly first: number;
  readonly count: number;
  /** What each subscribes with; undefined: they stay idle. */
  readonly query: string | undefined;
  /** Whether all are one person's, and wait for one appointment. */
  readonly isOnePerson: boolean;
  /** How many begin in a second; undefined: as many as the server takes. */
  readonly perSecond: number | undefined;
  /** Signs their access tokens. */
  readonly key: JWK;
}

/** What came of an order. */
export interface Connected {
  readonly ready: number;
  /** The sockets that were not accepted, or have ended, by the reason. */
  readonly ended: Readonly<Record<string, number>>;
  /** From the beginning of each socket until it was ready, in milliseconds. */
  readonly waitsMs: readonly number[];
}

export type Order =
  | { readonly connect: ConnectOrder }
  | { readonly churn: ConnectOrder & { readonly longestStayMs: number } }
  /** Asks for the latencies of the changes that have come since it was asked before, in milliseconds. */
  | 'latencies'
  /** Ends every socket, and tells what came of them: `Left`. */
  | 'leave';

/** How many clients came and went by themselves, and why others ended. */
export interface Left {
  readonly visits: number;
  readonly ended: Readonly<Record<string, number>>;
}

const AT_ONCE = 50;
const ADDRESSES = 8;
const READY_TIMEOUT_MS = 120_000;
const ISSUED = { iss: 'https://issuer.example', aud: 'care', roles: ['PATIENT'], scope: '' };

const sockets = new Set<WebSocket>();
const isGone = new WeakSet<WebSocket>();
let latenciesMs: number[] = [];
let ended: Record<string, number> = {};
/** Which churning goes on: each has a number. */
let churning = 0;
let visits = 0;
let lastMade: { readonly likeness: string; readonly messages: readonly Messages[] } | undefined;

// The probe lets a process end that has nothing to do: this one waits for orders.
process.channel?.ref();
process.on('message', (order: Order) => {
  if (order === 'latencies') {
    process.send?.(latenciesMs);
    latenciesMs = [];
  } else if (order === 'leave') void leave().then((left) => process.send?.(left));
  else if ('connect' in order) void connect(order.connect).then((connected) => process.send?.(connected));
  else void churn(order.churn);
});
// Whatever came before this would have been lost.
process.send?.('listening');

interface Messages {
  readonly init: string;
  readonly subscribe: string | undefined;
}

/** The same as before where the order is alike: who comes back brings the same token. */
async function messagesOf(order: ConnectOrder): Promise<readonly Messages[]> {
  const { first, count, query, isOnePerson } = order;
  const likeness = JSON.stringify([first, count, query, isOnePerson]);
  if (lastMade?.likeness !== likeness) lastMade = { likeness, messages: await newMessages(order) };
  return lastMade.messages;
}

async function newMessages(order: ConnectOrder): Promise<readonly Messages[]> {
  const key = await importJWK(order.key, 'EdDSA');
  const exp = Math.floor(Date.now() / 1000) + 6 * 3600;
  const one = async (number: number): Promise<Messages> => {
    const token = await new SignJWT({ ...ISSUED, exp, sub: `user-${number}` })
      .setProtectedHeader({ alg: 'EdDSA', kid: order.key.kid ?? '' })
      .sign(key);
    const variables = { id: `appointment-${number}` };
    const subscribe = { id: '1', type: 'subscribe', payload: { query: order.query, variables } };
    return {
      init: JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } }),
      subscribe: order.query && JSON.stringify(subscribe),
    };
  };
  if (order.isOnePerson) return Array<Messages>(order.count).fill(await one(0));
  const all: Messages[] = [];
  for (let n = 0; n < order.count; n += 1) all.push(await one(order.first + n));
  return all;
}

async function connect(order: ConnectOrder): Promise<Connected> {
  const messages = await messagesOf(order);
  const waitsMs: number[] = [];
  ended = {};
  const beginMs = performance.now();
  const under = new Set<Promise<void>>();
  for (const [n, one] of messages.entries()) {
    const dueMs = order.perSecond === undefined ? 0 : beginMs + (n * 1_000) / order.perSecond;
    while (performance.now() < dueMs) await delay(1);
    if (order.perSecond === undefined && under.size >= AT_ONCE) await Promise.race(under);
    const startMs = performance.now();
    const ready = open(order.url, n, one).ready.then((isReady) => {
      under.delete(ready);
      if (isReady) waitsMs.push(performance.now() - startMs);
    });
    under.add(ready);
  }
  await Promise.race([Promise.all(under), delay(READY_TIMEOUT_MS, undefined, { ref: false })]);
  return { ready: waitsMs.length, ended, waitsMs };
}

interface Opened {
  readonly socket: WebSocket;
  /** Whether it has come to be ready, before it ended. */
  readonly ready: Promise<boolean>;
}

function open(url: string, number: number, messages: Messages): Opened {
  let settle: (isReady: boolean) => void = () => undefined;
  const ready = new Promise<boolean>((resolve) => (settle = resolve));
  const socket = openClient({
    url,
    localAddress: `127.0.0.${2 + (number % ADDRESSES)}`,
    ...messages,
    onReady: () => settle(true),
    onChange: (text) => latenciesMs.push(Date.now() - timeOfChangeIn(text)),
    onEnd(reason) {
      if (!sockets.delete(socket)) return;
      if (!isGone.has(socket)) ended[reason] = (ended[reason] ?? 0) + 1;
      settle(false);
    },
  });
  sockets.add(socket);
  return { socket, ready };
}

async function leave(): Promise<Left> {
  churning += 1;
  for (const socket of sockets) {
    isGone.add(socket);
    socket.close(1000);
  }
  while (sockets.size > 0) await delay(20);
  return { visits, ended };
}

/** Keeps so many clients: each stays for a random time, leaves politely or not, and comes back after another. */
async function churn(order: ConnectOrder & { readonly longestStayMs: number }): Promise<void> {
  const messages = await messagesOf(order);
  const own = (churning += 1);
  visits = 0;
  ended = {};
  const pause = (): Promise<void> => delay(Math.random() * order.longestStayMs);
  await Promise.all(
    messages.map(async (one, n) => {
      await pause();
      while (own === churning) {
        const { socket, ready } = open(order.url, n, one);
        // Some leave before they have come.
        if (Math.random() < 0.9) await ready;
        await pause();
        isGone.add(socket);
        if (Math.random() < 0.5) socket.close(1000);
        else socket.terminate();
        visits += 1;
      }
    }),
  );
}
