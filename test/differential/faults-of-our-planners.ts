import type { GraphQLSchema } from 'graphql';
import { fieldsOf } from './fields-of-operation.ts';
import type { GeneratedOperation } from './generate/generate-operation.ts';
import type { Answer } from './run/start-oracles.ts';

export interface OurDisagreement {
  readonly operation: Pick<GeneratedOperation, 'query'>;
  readonly ours: Answer;
  readonly monolith: Answer;
  readonly schema: GraphQLSchema;
}

interface KnownFaultOfOurs {
  readonly reason: string;
  readonly matches: (disagreement: OurDisagreement) => boolean;
  /** Whether the graph has what it takes. */
  readonly graph: (types: ReadonlySet<string>) => boolean;
}

/** Where ours differs because neither planner has a right plan: only as long as it says so. What is wrong without an error is never excused. */
const FAULTS_OF_OUR_PLANNERS: readonly KnownFaultOfOurs[] = [
  {
    // The plan asks for it of all objects of the interface, and sends what it requires of those alone of which it was asked.
    reason:
      'an error of a field that requires something, of an object of which the operation does not ask it; all data are right',
    matches: ({ ours, monolith }) =>
      JSON.stringify(ours.data) === JSON.stringify(monolith.data) &&
      codesOf(ours).every((code) => code === 'INTERNAL_SERVER_ERROR') &&
      (ours.errors ?? []).every(({ path = [] }) => isLeftOut(ours.data, path)),
    graph: (types) => types.has('Media'),
  },
  {
    // The native planner's plan asks for the title of those alone whose headline is wanted, and then needs it of all.
    reason: 'a field that requires something, asked of some types of an interface, beside another that is asked of all',
    matches: ({ operation, ours }) => {
      const names = new Set(fieldsOf(operation).map(({ name }) => name.value));
      const isTold = codesOf(ours).every((code) => code === 'INTERNAL_SERVER_ERROR');
      return isTold && names.has('headline') && names.has('verdict');
    },
    graph: (types) => types.has('Media'),
  },
];

/** The reason for which ours may differ here; undefined where none is known, and where it differs in silence. */
export function excuses(disagreement: OurDisagreement): string | undefined {
  const { ours, schema } = disagreement;
  if (ours.errors === undefined || ours.errors.length === 0) return undefined;
  const types = new Set(Object.keys(schema.getTypeMap()));
  return FAULTS_OF_OUR_PLANNERS.find(({ matches, graph }) => graph(types) && matches(disagreement))?.reason;
}

/** Whether an object that a path leads to has not got the field that comes then. */
function isLeftOut(data: unknown, path: readonly (string | number)[]): boolean {
  let value = data;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return false;
    value = (value as Record<string | number, unknown>)[key];
  }
  return path.length > 0 && value === undefined;
}

function codesOf({ errors = [] }: Answer): readonly unknown[] {
  return errors.map(({ extensions }) => extensions?.['code']);
}
