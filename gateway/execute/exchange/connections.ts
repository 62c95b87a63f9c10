import { createFifo, type Fifo } from '../../lib/fifo.ts';
import { Connection, type Waiting } from './connection.ts';
import { ExchangeFailure } from './exchange-failure.ts';
import { createFreeConnections } from './free-connections.ts';
import { createRest } from './create-rest.ts';
import { createReadHead } from './known-heads.ts';

/** The connections to one server. */
export interface Connections {
  /** Sends a request over a connection that is free, or over the next that will be. */
  readonly send: (waiting: Waiting) => void;
  /** Ends all, whoever waits. */
  readonly close: () => void;
}

interface Options {
  readonly url: URL;
  readonly most: number;
  readonly connectTimeoutMs: number;
  readonly maxResponseBytes: number;
  /** In milliseconds. */
  readonly clock: () => number;
}

/** Servers keep a connection for five seconds and more, as a rule. */
const IDLE_MS = 4_000;
/** Most responses come at once, and are read where they stand. */
const READ_BYTES = 262_144;

/**
 * Keeps the connections to one server, at most so many, each for as long as it is used and a little longer. A connection that cannot be
 * made fails the request that has waited longest.
 */
export function createConnections({ url, most, clock, ...limits }: Options): Connections {
  const reading = { readInto: Buffer.allocUnsafeSlow(READ_BYTES), readHead: createReadHead() };
  const all = new Set<Connection>();
  const connecting = new Set<Connection>();
  const free = createFreeConnections(clock);
  const rest = createRest<Connection>((connection) => connection.endRest());
  const queue = createFifo<Waiting>();
  let isClosed = false;

  function onFree(connection: Connection): void {
    connecting.delete(connection);
    const next = nextOf(queue);
    if (next === undefined) free.put(connection);
    else connection.send(next);
  }

  function onClosed(connection: Connection, failure: ExchangeFailure | undefined): void {
    connecting.delete(connection);
    all.delete(connection);
    free.remove(connection);
    if (isClosed) return;
    if (failure !== undefined) nextOf(queue)?.onFailure(failure);
    openAsNeeded();
  }

  /** As many are opened as requests wait. */
  function openAsNeeded(): void {
    while (connecting.size < queue.length && all.size < most) {
      const events = { onAnswered: rest, onFree, onClosed };
      const connection = new Connection({ url, idleMs: IDLE_MS, ...reading, ...events, ...limits });
      all.add(connection);
      connecting.add(connection);
    }
  }

  function send(waiting: Waiting): void {
    if (isClosed) {
      waiting.onFailure(closed());
      return;
    }
    const connection = free.take();
    if (connection !== undefined) {
      connection.send(waiting);
      return;
    }
    queue.push(waiting);
    openAsNeeded();
  }

  return {
    send,
    close: () => {
      isClosed = true;
      free.close();
      for (const connection of all) connection.close();
      for (let next = nextOf(queue); next !== undefined; next = nextOf(queue)) next.onFailure(closed());
    },
  };
}

/** The one that has waited longest, of those that still wait. */
function nextOf(queue: Fifo<Waiting>): Waiting | undefined {
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) if (!next.isSettled) return next;
  return undefined;
}

function closed(): ExchangeFailure {
  return new ExchangeFailure('unsent', 'its address is not in use any more');
}
