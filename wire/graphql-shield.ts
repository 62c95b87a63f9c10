import { createRequire } from 'node:module';
import util from 'node:util';
import type * as GraphqlShield from 'graphql-shield';

/**
 * Node.js 23 took a function away that graphql-shield 7.6 imports: no process that loads it as a module would start. As CommonJS it looks the
 * function up where it calls it, and finds this one, which does the same.
 */
const changedUtil: { isUndefined?: (value: unknown) => boolean } = util;
changedUtil.isUndefined ??= (value) => value === undefined;

export const { allow, chain, deny, rule, shield } = createRequire(import.meta.url)(
  'graphql-shield',
) as typeof GraphqlShield;
