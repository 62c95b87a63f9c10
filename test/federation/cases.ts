import { ABSTRACT_TYPE_CASES } from './cases/abstract-types.ts';
import { COMPOSITION_CASES } from './cases/composition.ts';
import { CONTEXT_CASES } from './cases/contexts.ts';
import { KEY_CASES } from './cases/keys.ts';
import { OPERATION_CASES } from './cases/operations.ts';
import { PROVIDES_AND_OVERRIDES_CASES } from './cases/provides-and-overrides.ts';
import { REQUIRES_CASES } from './cases/requires.ts';

/** Every case, in the order in which the directives build on each other. */
export const CASES = [
  ...KEY_CASES,
  ...REQUIRES_CASES,
  ...CONTEXT_CASES,
  ...PROVIDES_AND_OVERRIDES_CASES,
  ...ABSTRACT_TYPE_CASES,
  ...COMPOSITION_CASES,
  ...OPERATION_CASES,
];
