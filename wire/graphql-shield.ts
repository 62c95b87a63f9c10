import { createRequire } from 'node:module';
import util from 'node:util';
import type * as GraphqlMiddleware from 'graphql-middleware';
import type * as GraphqlShield from 'graphql-shield';

/**
 * Node.js 23 took a function away that graphql-shield 7.6 imports: no process that loads it as a module would start. As CommonJS it looks the
 * function up where it calls it, and finds this one, which does the same.
 */
const changedUtil: { isUndefined?: (value: unknown) => boolean } = util;
changedUtil.isUndefined ??= (value) => value === undefined;

const load = createRequire(import.meta.url);
export const { allow, chain, deny, rule, shield } = load('graphql-shield') as typeof GraphqlShield;

/** The one that graphql-shield knows: the module of the same name has classes of its own. */
export const { applyMiddleware } = load('graphql-middleware') as typeof GraphqlMiddleware;
