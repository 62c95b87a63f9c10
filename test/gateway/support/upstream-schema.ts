import { EventEmitter, on } from 'node:events';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { GraphQLError, parse, type GraphQLSchema } from 'graphql';

/** A subgraph of somebody else's, which sends its events itself. */
export const UPSTREAM_TYPE_DEFS = parse(`
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@authenticated"])
  type Query { now: Int }
  type Subscription {
    ticks(topic: String): Tick! @authenticated
    countdown(from: Int!): Int
    denied: Int
  }
  type Tick @authenticated { n: Int! loud(by: Int): String broken: String item: Item }
  type Item @key(fields: "id") @authenticated { id: ID! }
`);

export interface Ticks {
  readonly schema: GraphQLSchema;
  readonly emit: (topic: string, n: number) => void;
  /** Who listens to ticks now. */
  readonly listeners: string[];
  /** How often somebody began to. */
  readonly begun: () => number;
}

/** The context of resolvers is who asks. */
export function createTicks(): Ticks {
  const emitter = new EventEmitter();
  const listeners: string[] = [];
  let begun = 0;

  /** Not a generator: that could not be left while it waits for an event. */
  function ticks(_: unknown, { topic }: { topic?: string | null }, who: string): AsyncIterableIterator<unknown> {
    const source = on(emitter, topic ?? 'all') as AsyncIterableIterator<[number]>;
    begun += 1;
    listeners.push(who);
    const iterator: AsyncIterableIterator<unknown> = {
      next: async () => {
        const event = await source.next();
        if (event.done === true) return { done: true, value: undefined };
        const [n] = event.value;
        return { done: false, value: { ticks: { n, item: { id: `i${n}` } } } };
      },
      return: async () => {
        listeners.splice(listeners.indexOf(who), 1);
        await source.return?.();
        return { done: true, value: undefined };
      },
      [Symbol.asyncIterator]: () => iterator,
    };
    return iterator;
  }

  async function* countdown(_: unknown, { from }: { from: number }) {
    for (let n = from; n > 0; n -= 1) yield { countdown: n };
  }

  const schema = buildSubgraphSchema([
    {
      typeDefs: UPSTREAM_TYPE_DEFS,
      resolvers: {
        Query: { now: () => 0 },
        Subscription: {
          ticks: { subscribe: ticks },
          countdown: { subscribe: countdown },
          denied: {
            subscribe: () => {
              throw new GraphQLError('table "ticks" is locked');
            },
          },
        },
        Tick: {
          loud: ({ n }: { n: number }, { by = 1 }: { by?: number }) => '!'.repeat(n * by),
          broken: () => {
            throw new GraphQLError('relation "ticks" does not exist');
          },
        },
      },
    },
  ]);
  return { schema, emit: (topic, n) => void emitter.emit(topic, n), listeners, begun: () => begun };
}
