import type { OperationResult } from '../context.ts';

/** Errors first, so that they are seen when somebody reads along (GraphQL specification, section 7.1). */
export function inOrder({ errors, data, extensions }: OperationResult): OperationResult {
  return {
    ...(errors === undefined ? {} : { errors }),
    ...(data === undefined ? {} : { data }),
    ...(extensions === undefined ? {} : { extensions }),
  };
}
