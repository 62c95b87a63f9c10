import { GraphQLError } from 'graphql';
import { rule } from './graphql-shield.ts';
import { judge, type AccessRule } from './access.ts';
import type { Identity } from './identity.ts';

/** What a context must hold for the rules of the schema to be judged. */
export interface IdentifiedContext {
  readonly identity: Identity;
}

/** The graphql-shield rule of a demand in the schema: `true`, or an error with code `UNAUTHENTICATED` or `FORBIDDEN`. */
export function shieldRule(access: AccessRule) {
  return rule({ cache: 'no_cache' })((_parent: unknown, _args: unknown, context: IdentifiedContext) => {
    const verdict = judge(access, context.identity);
    return verdict === 'allowed' ? true : refusal(verdict);
  });
}

/** The error that tells a caller why a field is refused, and how to mend it. */
export function refusal(verdict: 'unauthenticated' | 'forbidden'): GraphQLError {
  return verdict === 'unauthenticated'
    ? new GraphQLError('Sign in to use this field: send an access token.', { extensions: { code: 'UNAUTHENTICATED' } })
    : new GraphQLError('Your account may not use this field.', { extensions: { code: 'FORBIDDEN' } });
}
