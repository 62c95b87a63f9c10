import { GraphQLError, GraphQLScalarType, Kind, type GraphQLScalarTypeConfig } from 'graphql';
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
const GraphQLDate = readAs('a day such as "1990-04-23"', { ...GraphQLLocalDate.toConfig(), name: 'Date' });

const DateTime = readAs('an instant such as "2026-03-04T10:00:00Z"', GraphQLDateTime.toConfig());

/** Resolvers of the scalars that the schemas share; a subgraph takes those that its schema declares. */
export const scalars = {
  DateTime,
  Date: GraphQLDate,
  EmailAddress,
  Decimal: GraphQLDecimal,
};

/** The same scalar, whose refusals say what to send: the library's say only what was sent. */
function readAs<Internal, External>(
  form: string,
  config: GraphQLScalarTypeConfig<Internal, External>,
): GraphQLScalarType<Internal, External> {
  const scalar = new GraphQLScalarType(config);
  const explained = <Input extends unknown[]>(read: (...input: Input) => Internal) =>
    function (...input: Input): Internal {
      try {
        return read(...input);
      } catch (cause) {
        throw new GraphQLError(`${config.name} must be ${form}`, { originalError: cause as Error });
      }
    };
  return new GraphQLScalarType({
    ...scalar.toConfig(),
    parseValue: explained(scalar.parseValue),
    parseLiteral: explained(scalar.parseLiteral),
  });
}

function decimal(value: unknown): string {
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  if (!DECIMAL.test(text)) throw new GraphQLError('Decimal must be a string such as "350.00"');
  return text;
}
