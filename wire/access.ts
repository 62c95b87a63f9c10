import type { ConstDirectiveNode, GraphQLNamedType } from 'graphql';
import { getNamedType, isInterfaceType, isObjectType, type GraphQLField, type GraphQLSchema } from 'graphql';
import type { Identity } from './identity.ts';

/** Alternatives of which one must hold; each is a set of names that must hold together (Federation's `[[String!]!]!`). */
export type AnyOfAllOf = readonly (readonly string[])[];

/**
 * What the schema demands of whoever selects a field. Every list of alternatives in `scopes` and `policies` must be met.
 * Written in the schema as Federation's `@authenticated`, `@requiresScopes` and `@policy`.
 */
export interface AccessRule {
  readonly isSignedIn: boolean;
  readonly scopes: readonly AnyOfAllOf[];
  readonly policies: readonly AnyOfAllOf[];
}

export type Verdict = 'allowed' | 'unauthenticated' | 'forbidden';

export const PUBLIC: AccessRule = { isSignedIn: false, scopes: [], policies: [] };

/** Collects the access rule of every field of a schema: the field's own demand, its parent type's and its return type's. */
export function accessRules(schema: GraphQLSchema): ReadonlyMap<string, AccessRule> {
  const rules = new Map<string, AccessRule>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__') || !(isObjectType(type) || isInterfaceType(type))) continue;
    for (const field of Object.values(type.getFields())) {
      rules.set(`${type.name}.${field.name}`, ruleOf(type, field));
    }
  }
  return rules;
}

/**
 * Decides whether an identity meets a rule. A partner is not a signed-in person: `@authenticated` refuses it, and it reaches
 * what is public or what its scopes and its role open.
 */
export function judge(rule: AccessRule, identity: Identity): Verdict {
  if (rule.isSignedIn && identity.kind !== 'user')
    return identity.kind === 'anonymous' ? 'unauthenticated' : 'forbidden';
  if (rule.scopes.length === 0 && rule.policies.length === 0) return 'allowed';
  if (identity.kind === 'anonymous') return 'unauthenticated';
  const scopes = new Set(identity.scopes);
  const policies = new Set(identity.roles.map((role) => `role:${role}`));
  const isMet =
    rule.scopes.every((wanted) => meets(wanted, scopes)) && rule.policies.every((wanted) => meets(wanted, policies));
  return isMet ? 'allowed' : 'forbidden';
}

function ruleOf(parent: GraphQLNamedType, field: GraphQLField<unknown, unknown>): AccessRule {
  const returned = getNamedType(field.type);
  const demands = [parent, field, returned].flatMap(({ astNode, ...rest }) => [
    ...(astNode?.directives ?? []),
    ...('extensionASTNodes' in rest ? (rest.extensionASTNodes ?? []).flatMap((node) => node.directives ?? []) : []),
  ]);
  const named = (name: string): ConstDirectiveNode[] => demands.filter((directive) => directive.name.value === name);
  return {
    isSignedIn: named('authenticated').length > 0,
    scopes: named('requiresScopes').map((directive) => alternatives(directive, 'scopes')),
    policies: named('policy').map((directive) => alternatives(directive, 'policies')),
  };
}

function alternatives(directive: ConstDirectiveNode, argument: string): AnyOfAllOf {
  const value = directive.arguments?.find(({ name }) => name.value === argument)?.value;
  if (value?.kind !== 'ListValue') throw new Error(`@${directive.name.value} lacks its list "${argument}"`);
  return value.values.map((all) => (all.kind === 'ListValue' ? all.values : [all]).map(stringOf));
}

function stringOf(value: { readonly kind: string; readonly value?: unknown }): string {
  if (value.kind !== 'StringValue' || typeof value.value !== 'string')
    throw new Error('an access rule must list strings');
  return value.value;
}

function meets(anyOf: AnyOfAllOf, held: ReadonlySet<string>): boolean {
  return anyOf.some((allOf) => allOf.every((name) => held.has(name)));
}
