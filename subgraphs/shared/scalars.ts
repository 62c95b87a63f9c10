import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';
import { GraphQLDateTime, GraphQLEmailAddress, GraphQLLocalDate } from 'graphql-scalars';

const DECIMAL = /^-?\d{1,15}(\.\d{1,4})?$/;

/** An exact decimal number that travels as a string, so that no reader rounds it through a binary float. */
const GraphQLDecimal = new GraphQLScalarType<string, string>({
  name: 'Decimal',
  serialize: decimal,
  parseValue: decimal,
  parseLiteral(node) {
    if (node.kind === Kind.STRING || node.kind === Kind.INT || node.kind === Kind.FLOAT) return decimal(node.value);
    throw new GraphQLError('Decimal must be a string such as "350.00"', { nodes: node });
  },
});

/** E-mail addresses are compared without regard to letter case, so they are read into one form. */
const EmailAddress = new GraphQLScalarType<string, string>({
  name: 'EmailAddress',
  serialize: (value) => GraphQLEmailAddress.serialize(value),
  parseValue: (value) => GraphQLEmailAddress.parseValue(value).toLowerCase(),
  parseLiteral: (node) => GraphQLEmailAddress.parseLiteral(node, {}).toLowerCase(),
});

/** The library's name for it is another one; a schema cannot hold both. */
const GraphQLDate = new GraphQLScalarType({ ...GraphQLLocalDate.toConfig(), name: 'Date' });

/** Resolvers of the scalars that the schemas share; a subgraph takes those that its schema declares. */
export const scalars = {
  DateTime: GraphQLDateTime,
  Date: GraphQLDate,
  EmailAddress,
  Decimal: GraphQLDecimal,
};

function decimal(value: unknown): string {
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  if (!DECIMAL.test(text)) throw new GraphQLError('Decimal must be a string such as "350.00"');
  return text;
}
