import {
  getArgumentValues,
  GraphQLBoolean,
  GraphQLDirective,
  GraphQLNonNull,
  GraphQLString,
  parseType,
  type ConstDirectiveNode,
  type GraphQLSchema,
  type TypeNode,
} from 'graphql';
import { linkedNames } from '../../wire/linked-names.ts';

/** Where the events of a subscription field come from, as its `@eventSource` says. */
export interface EventSource {
  /** The event type that counts. */
  readonly type: string;
  /** The query field that is asked, as the subscriber, for what one event shows them. */
  readonly resolve: string;
  /** The type of that field's argument `id`. */
  readonly idType: TypeNode;
  /** Which attribute of the event is given as `id`. */
  readonly by: 'id' | 'subject';
  /** The subscription field's argument that narrows it to one subject. */
  readonly subjectArgument: string | undefined;
  /** Each event tells a state of its subject, so that to a slow client the latest is worth all before it. */
  readonly conflate: boolean;
}

/** The directive's arguments; its definition in the schema may have lost its defaults to composition. */
const EVENT_SOURCE = new GraphQLDirective({
  name: 'eventSource',
  locations: [],
  args: {
    type: { type: new GraphQLNonNull(GraphQLString) },
    resolve: { type: new GraphQLNonNull(GraphQLString) },
    by: { type: new GraphQLNonNull(GraphQLString), defaultValue: 'id' },
    subject: { type: GraphQLString },
    conflate: { type: new GraphQLNonNull(GraphQLBoolean), defaultValue: false },
  },
});

/**
 * Reads the event sources of a supergraph as written, by the name of the subscription field. Throws when one names a query field
 * or an argument that is not there, so that a mistake shows at the start and not with the first event.
 */
export function eventSources(schema: GraphQLSchema): ReadonlyMap<string, EventSource> {
  const names = linkedNames(schema, { specification: 'https://caregraph.example/events', name: 'eventSource' });
  const sources = new Map<string, EventSource>();
  for (const field of Object.values(schema.getSubscriptionType()?.getFields() ?? {})) {
    const directive = field.astNode?.directives?.find(({ name }) => names.includes(name.value));
    if (directive === undefined) continue;
    const source = sourceOf(schema, directive);
    if (source.subjectArgument !== undefined && !field.args.some(({ name }) => name === source.subjectArgument))
      throw new Error(`@eventSource of Subscription.${field.name}: it has no argument ${source.subjectArgument}`);
    sources.set(field.name, source);
  }
  return sources;
}

function sourceOf(schema: GraphQLSchema, directive: ConstDirectiveNode): EventSource {
  const { type, resolve, by, subject, conflate } = getArgumentValues(EVENT_SOURCE, directive);
  const id = schema
    .getQueryType()
    ?.getFields()
    [String(resolve)]?.args.find(({ name }) => name === 'id');
  if (id === undefined) throw new Error(`@eventSource: there is no query field ${String(resolve)}(id:)`);
  if (by !== 'id' && by !== 'subject')
    throw new Error(`@eventSource: an event has no attribute ${String(by)} to ask by`);
  return {
    type: String(type),
    resolve: String(resolve),
    idType: parseType(String(id.type)),
    by,
    subjectArgument: typeof subject === 'string' ? subject : undefined,
    conflate: conflate === true,
  };
}
