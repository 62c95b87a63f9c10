/** GraphQL specification, section 2.1.9. */
const GRAPHQL_NAME = /^[_A-Za-z][_0-9A-Za-z]*$/;

/** Whether a text is a name of GraphQL, and nothing else: such a one may stand in code that is made. */
export function isGraphqlName(text: string): boolean {
  return GRAPHQL_NAME.test(text);
}

/**
 * Whether generated code may read a key by its name. Every object inherits something by some names (`constructor`, `__proto__`): what is
 * not the object's own is no value.
 */
export function isReadable(key: string): boolean {
  return isGraphqlName(key) && !(key in Object.prototype);
}
