import { isAbstractType, Kind, parse, visit, type GraphQLSchema, type NamedTypeNode } from 'graphql';
import { fieldsOf } from './fields-of-operation.ts';
import type { GeneratedOperation } from './generate/generate-operation.ts';
import type { Difference } from './run/compare-answers.ts';
import type { Answer } from './run/start-oracles.ts';

/** An operation to which Apollo Gateway gave another answer than the monolith. */
export interface Disagreement {
  readonly operation: Pick<GeneratedOperation, 'query'>;
  readonly difference: Difference;
  readonly monolith: Answer;
  readonly apollo: Answer;
  readonly schema: GraphQLSchema;
}

interface KnownFault {
  readonly reason: string;
  readonly matches: (disagreement: Disagreement) => boolean;
}

/**
 * Where Apollo Gateway 2.14 is known to differ, one by one. What they excuse is Apollo's answer alone: ours must be the monolith's
 * wherever Apollo's is not.
 */
const APOLLO_FAULTS: readonly KnownFault[] = [
  {
    // It keeps them in `extensions.valueCompletion`, where a client does not look.
    reason: 'nulls where none may be, and values that do not fit, without an error',
    matches: ({ difference, apollo }) => difference === 'errors' && 'extensions' in apollo,
  },
  {
    // The planner wants the field itself under that name, for a key or for @requires; either the client's value is sent to the
    // subgraph, or the subgraph's is given to the client, or the executor trips over it.
    reason: 'an alias that is the name of another field',
    matches: ({ operation, schema }) => {
      const names = fieldNames(schema);
      return fieldsOf(operation).some(
        ({ alias, name }) => alias !== undefined && alias.value !== name.value && names.has(alias.value),
      );
    },
  },
  {
    // The planner leaves the field out of its plan altogether, and the executor takes it for null.
    reason: 'a field of which @skip and @include leave no selection',
    matches: ({ operation }) => /@(skip|include)/.test(operation.query),
  },
  {
    // Both are fetched under one response key: the arguments of one are used for both.
    reason: 'a field with arguments that @requires asks for with others',
    matches: ({ operation }) => {
      const fields = fieldsOf(operation);
      const withArguments = new Set(fields.flatMap((one) => (one.arguments?.length ? [one.name.value] : [])));
      return fields.some(
        ({ name }) =>
          REQUIRING_WITH_ARGUMENTS.has(name.value) ||
          withArguments.has(REQUIRED_WITHOUT_ARGUMENTS.get(name.value) ?? ''),
      );
    },
  },
  {
    // The plan asks a subgraph for a field before what that field requires has been fetched.
    reason: 'a field that requires what requires, of an entity that the subgraph reached by itself',
    matches: ({ operation }) => fieldsOf(operation).some(({ name }) => REQUIRING_IN_A_CHAIN.has(name.value)),
  },
  {
    // The planner throws: the operation gets no plan.
    reason: 'an object known by its interface alone, asked for __typename or for what hangs on a chain of @requires',
    matches: ({ apollo }) =>
      /^crashed: (Cannot add selection of field "Media\.__typename"|We should have an edge from Media|Invalid array length)/.test(
        apollo.errors?.[0]?.message ?? '',
      ),
  },
  {
    // Its own library of the schema is older than graphql-js's introspection.
    reason: 'introspection of what has come to it of late',
    matches: ({ apollo }) =>
      /^crashed: (Cannot query field "(isOneOf|isDeprecated|deprecationReason)" on type "__|Unknown argument "includeDeprecated" found in value: "__Schema)/.test(
        apollo.errors?.[0]?.message ?? '',
      ),
  },
  {
    // It executes no @defer, and its API schema does not know the directive.
    reason: 'the directives of the schema, @defer among them',
    matches: ({ difference, operation }) =>
      difference === 'data' && fieldsOf(operation).some(({ name }) => name.value === 'directives'),
  },
  {
    // The plan leaves the fragment out, and the `__typename` with it; the executor cannot tell afterwards that it applies.
    reason: 'a fragment on a union or an interface, inside of which the type is named again',
    matches: ({ difference, operation, schema }) =>
      difference === 'data' && conditionsOf(operation).some((name) => isAbstractType(schema.getType(name))),
  },
  {
    // The same where all that is left to ask for is what the objects are, which the subgraph of the fragment knows by an interface.
    reason: 'a fragment of which nothing but the __typename of objects known by their interface alone is left',
    matches: ({ difference, operation }) => {
      const names = fieldsOf(operation).map(({ name }) => name.value);
      return (
        difference === 'data' && names.includes('__typename') && names.some((name) => OF_INTERFACE_OBJECTS.has(name))
      );
    },
  },
  {
    // The planner puts those of a named fragment before those that stand before the fragment, and so they are executed.
    reason: 'the order of the fields of a mutation, some of which stand in a named fragment',
    matches: ({ difference, operation }) => difference === 'data' && isMutationOfFragments(operation),
  },
  {
    // The executor goes by the name of the interface, and finds that no fragment applies.
    reason: 'errors of non-null fields of an object that was known by its interface alone',
    matches: ({ operation, monolith }) =>
      monolith.errors !== undefined && fieldsOf(operation).some(({ name }) => name.value === 'failing'),
  },
];

/**
 * Operations that Apollo Gateway is not asked: its planner follows a @requires of an object known by its interface alone, below a
 * fragment, until the memory is full (`Invalid array length`, after minutes).
 */
export function isBeyondApollo(operation: Pick<GeneratedOperation, 'query'>): boolean {
  return fieldsOf(operation).some(({ name }) => REQUIRING_OF_INTERFACE_OBJECTS.has(name.value));
}

/** Fields that require nothing, of subgraphs that know media by their interface alone. */
const OF_INTERFACE_OBJECTS = new Set(['scans', 'fans', 'stars', 'ratings']);
const REQUIRING_OF_INTERFACE_OBJECTS = new Set(['shelfMark', 'verdict']);
const REQUIRING_WITH_ARGUMENTS = new Set([
  'rebate',
  'shippingEstimate',
  'freight',
  'perKilo',
  'score',
  'headline',
  'reminder',
  'fee',
]);
/** What these fields require without arguments, and clients may ask for with some. */
const REQUIRED_WITHOUT_ARGUMENTS: ReadonlyMap<string, string> = new Map([['label', 'title']]);
/** Of products, and of media. */
const REQUIRING_IN_A_CHAIN = new Set(['score', 'crate', 'verdict']);

/** The reason for which Apollo Gateway may differ here; undefined where none is known. */
export function explains(disagreement: Disagreement): string | undefined {
  return APOLLO_FAULTS.find(({ matches }) => matches(disagreement))?.reason;
}

function isMutationOfFragments({ query }: Pick<GeneratedOperation, 'query'>): boolean {
  const { definitions } = parse(query);
  const isMutation = definitions.some((one) => one.kind === Kind.OPERATION_DEFINITION && one.operation === 'mutation');
  return isMutation && definitions.some(({ kind }) => kind === Kind.FRAGMENT_DEFINITION);
}

function conditionsOf({ query }: Pick<GeneratedOperation, 'query'>): string[] {
  const names: string[] = [];
  visit(parse(query), { [Kind.NAMED_TYPE]: ({ name }: NamedTypeNode) => void names.push(name.value) });
  return names;
}

function fieldNames(schema: GraphQLSchema): ReadonlySet<string> {
  const types = Object.values(schema.getTypeMap());
  return new Set(types.flatMap((type) => ('getFields' in type ? Object.keys(type.getFields()) : [])));
}
