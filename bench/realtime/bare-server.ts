import cluster from 'node:cluster';
import { createServer } from 'node:http';
import { buildSchema } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { changeOf } from './clinic.ts';

// The bare server: `ws` and `graphql-ws` as their documentation puts them together, a schema, and an async iterator for each
// subscription. It knows no caller and asks nobody; a change comes over the process's channel, as the id of what has changed.
// With a number after the port, so many processes serve it, as a gateway's workers do.

/** A change for those who wait for its appointment. */
export interface Push {
  readonly appointment: string;
  readonly change: string;
}

type Change = { readonly changed: ReturnType<typeof changeOf> };
type Take = (result: IteratorResult<Change, undefined>) => void;

const waiting = new Map<string, Set<(change: Change) => void>>();

const schema = buildSchema(`
  type Query { change(id: ID!): Change }
  type Subscription { changed(appointmentId: ID): Change! }
  type Change { id: ID! status: String! appointment: Appointment! }
  type Appointment { id: ID! patient: String doctor: String room: String }
`);
const field = schema.getSubscriptionType()?.getFields()['changed'];
if (field === undefined) throw new Error('the schema has no subscription');
field.subscribe = (_root: unknown, { appointmentId }: { appointmentId: string }) => changesOf(appointmentId);

function changesOf(appointment: string): AsyncIterableIterator<Change, undefined> {
  const queue: Change[] = [];
  let take: Take | undefined;
  const push = (change: Change): void => {
    if (take === undefined) queue.push(change);
    else take({ done: false, value: change });
    take = undefined;
  };
  const group = waiting.get(appointment) ?? new Set();
  waiting.set(appointment, group.add(push));
  return {
    next() {
      const value = queue.shift();
      return value === undefined ? new Promise((resolve) => (take = resolve)) : Promise.resolve({ done: false, value });
    },
    return() {
      group.delete(push);
      if (group.size === 0) waiting.delete(appointment);
      take?.({ done: true, value: undefined });
      return Promise.resolve({ done: true, value: undefined });
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

const [port, processes = '1'] = process.argv.slice(2);
if (cluster.isPrimary && processes !== '1') for (let n = 0; n < Number(processes); n += 1) cluster.fork();
else serve();

function serve(): void {
  process.on('message', (message: Partial<Push>) => {
    if (message.appointment === undefined || message.change === undefined) return;
    const change = { changed: changeOf(message.change) };
    for (const push of waiting.get(message.appointment) ?? []) push(change);
  });
  const server = createServer((_request, response) => void response.end('{}'));
  useServer({ schema }, new WebSocketServer({ server, path: '/graphql' }));
  server.listen(Number(port));
}
