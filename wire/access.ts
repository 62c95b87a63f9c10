import {
  getNamedType,
  isInterfaceType,
  isObjectType,
  type ConstDirectiveNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';
import type { Identity } from './identity.ts';
import { hasLinks, linkedNames } from './linked-names.ts';

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

/**
 * Collects the access rule of every field of a schema, by coordinate (`Type.field`): the field's own demand, its parent type's
 * and its return type's. Reads the syntax nodes of the definitions, so the schema must have been built from SDL.
 */
export function accessRules(schema: GraphQLSchema): ReadonlyMap<string, AccessRule> {
  const names = directiveNames(schema);
  const rules = new Map<string, AccessRule>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__') || !(isObjectType(type) || isInterfaceType(type))) continue;
    for (const field of Object.values(type.getFields())) {
      rules.set(`${type.name}.${field.name}`, ruleOf(type, field, names));
    }
  }
  return rules;
}

/** Whether a rule demands anything at all: a field whose rule does not is public. */
export function isDemanding({ isSignedIn, scopes, policies }: AccessRule): boolean {
  return isSignedIn || scopes.length > 0 || policies.length > 0;
}

/**
 * Decides whether an identity meets a rule. A partner is not a signed-in person: `@authenticated` refuses it, and it reaches
 * what is public or what its scopes and its role open.
 */
export function judge(rule: AccessRule, identity: Identity): Verdict {
  if (!isDemanding(rule)) return 'allowed';
  if (identity.kind === 'anonymous') return 'unauthenticated';
  if (rule.isSignedIn && identity.kind !== 'user') return 'forbidden';
  const scopes = new Set(identity.scopes);
  const policies = new Set(identity.roles.map((role) => `role:${role}`));
  const isMet =
    rule.scopes.every((wanted) => meets(wanted, scopes)) && rule.policies.every((wanted) => meets(wanted, policies));
  return isMet ? 'allowed' : 'forbidden';
}

type AccessDirective = 'authenticated' | 'requiresScopes' | 'policy';

/** What each directive is called in this schema, which may have renamed it. */
type DirectiveNames = Readonly<Record<AccessDirective, ReadonlySet<string>>>;

function directiveNames(schema: GraphQLSchema): DirectiveNames {
  const namesOf = (name: AccessDirective): ReadonlySet<string> => {
    if (!hasLinks(schema)) return new Set([name]);
    // A subgraph links to federation, a supergraph to the specification of each directive.
    const specifications = ['federation', name].map((path) => `https://specs.apollo.dev/${path}`);
    return new Set(specifications.flatMap((specification) => linkedNames(schema, { specification, name })));
  };
  return {
    authenticated: namesOf('authenticated'),
    requiresScopes: namesOf('requiresScopes'),
    policy: namesOf('policy'),
  };
}

function ruleOf(parent: GraphQLNamedType, field: GraphQLField<unknown, unknown>, names: DirectiveNames): AccessRule {
  const demands = [
    ...directivesOn(parent),
    ...(field.astNode?.directives ?? []),
    ...directivesOn(getNamedType(field.type)),
  ];
  const all = (directive: AccessDirective): ConstDirectiveNode[] =>
    demands.filter(({ name }) => names[directive].has(name.value));
  return {
    isSignedIn: all('authenticated').length > 0,
    scopes: all('requiresScopes').map((directive) => alternatives(directive, 'scopes')),
    policies: all('policy').map((directive) => alternatives(directive, 'policies')),
  };
}

function directivesOn({ astNode, extensionASTNodes }: GraphQLNamedType): readonly ConstDirectiveNode[] {
  const nodes = [...(astNode == null ? [] : [astNode]), ...extensionASTNodes];
  return nodes.flatMap(({ directives = [] }) => directives);
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
