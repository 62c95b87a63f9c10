import { isObjectType, type GraphQLSchema } from 'graphql';
import { allow, applyMiddleware, chain, deny, shield } from '../../wire/graphql-shield.ts';
import { accessRules, isDemanding } from '../../wire/access.ts';
import { refusal, shieldRule } from '../../wire/access-shield.ts';

/** A rule of graphql-shield, plain or combined; the library does not export the name. */
type ShieldRule = Parameters<typeof chain>[number];

/** Type -> field -> the rule that needs data; `'*'` stands for the type's other fields. A field without a rule is refused. */
export type Permissions = Readonly<Record<string, Readonly<Record<string, ShieldRule>>>>;

/** What the federation protocol asks of every subgraph; rows are guarded where references are resolved. */
const FEDERATION: Permissions = { Query: { _service: allow, _entities: allow }, _Service: { sdl: allow } };

/**
 * Guards every field of a subgraph's object types with what the schema demands (`@authenticated`, `@requiresScopes`, `@policy`) and
 * then with the subgraph's own rule. Deny by default.
 */
export function guard(schema: GraphQLSchema, permissions: Permissions): GraphQLSchema {
  const access = accessRules(schema);
  const tree: Record<string, Record<string, ShieldRule>> = {};
  for (const [type, field] of objectFields(schema)) {
    const own = ruleFor(type, field, permissions) ?? deny;
    const demanded = access.get(`${type}.${field}`);
    (tree[type] ??= {})[field] =
      demanded !== undefined && isDemanding(demanded) ? chain(shieldRule(demanded), own) : own;
  }
  return applyMiddleware(
    schema,
    shield(tree, {
      fallbackRule: deny,
      allowExternalErrors: true,
      fallbackError: (thrown: unknown) => (thrown instanceof Error ? thrown : refusal('forbidden')),
    }),
  );
}

/** The fields, as `Type.field`, that would be refused to everyone because nobody wrote a rule for them. */
export function fieldsWithoutRule(schema: GraphQLSchema, permissions: Permissions): string[] {
  return objectFields(schema)
    .filter(([type, field]) => ruleFor(type, field, permissions) === undefined)
    .map(([type, field]) => `${type}.${field}`);
}

function objectFields(schema: GraphQLSchema): [type: string, field: string][] {
  return Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .filter(({ name }) => !name.startsWith('__'))
    .flatMap((type) => Object.keys(type.getFields()).map((field): [string, string] => [type.name, field]));
}

function ruleFor(type: string, field: string, permissions: Permissions): ShieldRule | undefined {
  return FEDERATION[type]?.[field] ?? permissions[type]?.[field] ?? permissions[type]?.['*'];
}
