import { getArgumentValues, type GraphQLSchema } from 'graphql';
import type { Operation } from '../context.ts';
import { GatewayError } from '../errors/gateway-error.ts';
import type { Prepared } from '../pipeline.ts';
import { createEventQuery } from './event-query.ts';
import type { EventSource } from './event-sources.ts';
import type { RealtimeEngine } from './realtime-engine.ts';
import { rootFieldOf, type RootField } from './root-field.ts';
import type { Interest } from './subscriber-index.ts';

/** What a subscription means to one engine. Holds nothing of the engine, so that it may outlive it. */
export interface Binding {
  readonly root: RootField;
  readonly source: EventSource;
  readonly interest: Interest;
  readonly shareKey: string;
  /** The query that says what an event shows, by the id that it is asked with. */
  readonly queryFor: (id: string) => Operation;
}

/** Finds out which events a subscription waits for, and what is asked when one comes. Throws `BAD_USER_INPUT` where there are none. */
export function bindSubscription(
  prepared: Prepared,
  { schema, eventSources }: Pick<RealtimeEngine, 'schema' | 'eventSources'>,
  forwardHeaders: readonly string[],
): Binding {
  const { operation, caller } = prepared;
  const { root, source } = sourceFor(operation, eventSources);
  return {
    root,
    source,
    interest: {
      type: source.type,
      // An audience holds users: nobody else is ever in it, whatever their name.
      user: caller.identity.kind === 'user' ? caller.identity.subject : '',
      subject: subjectOf(schema, root, { source, variables: operation.variables }),
    },
    shareKey: shareKeyOf(prepared, forwardHeaders),
    queryFor: createEventQuery(operation, root, source),
  };
}

function sourceFor(operation: Operation, sources: ReadonlyMap<string, EventSource>) {
  const root = rootFieldOf(operation);
  if (root === undefined) throw new GatewayError('BAD_USER_INPUT', 'The subscription selects nothing.');
  const source = sources.get(root.name);
  if (source === undefined)
    throw new GatewayError('BAD_USER_INPUT', `The subscription field "${root.name}" has no event source.`);
  return { root, source };
}

interface Narrowing {
  readonly source: EventSource;
  readonly variables: Operation['variables'];
}

function subjectOf(schema: GraphQLSchema, root: RootField, { source, variables }: Narrowing): string | undefined {
  const field = schema.getSubscriptionType()?.getFields()[root.name];
  if (field === undefined || source.subjectArgument === undefined) return undefined;
  const subject = getArgumentValues(field, root.node, variables)[source.subjectArgument];
  return typeof subject === 'string' ? subject : undefined;
}

/** Whatever an answer depends on besides the event: leaving anything out would show one caller what another may see. */
function shareKeyOf({ operation, caller, request }: Prepared, forwardHeaders: readonly string[]): string {
  const headers = forwardHeaders.map((name) => request.headers[name] ?? null);
  return JSON.stringify([caller.key, operation.key, operation.variables, headers]);
}
