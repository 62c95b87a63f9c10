import { Kind, visit, type GraphQLSchema } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Operation } from '../context.ts';
import type { Deferral } from '../deferral.ts';
import { deferFragments } from './defer-fragments.ts';

/** Operations as clients wrote them, `@defer` included. */
type Written = Pick<Operation, 'definition' | 'fragments' | 'variables' | 'key'>;

const MAX_REMEMBERED = 1_000;
const CONDITIONS: ReadonlySet<string> = new Set(['skip', 'include', 'defer']);

/**
 * Makes what says which fragments of an operation are to follow; undefined where none is, or where the value of a condition is null.
 * Remembered for each combination of the values of its conditions.
 */
export function createDeferral(schema: GraphQLSchema): (written: Written) => Deferral | undefined {
  const remembered = new LRUCache<string, { readonly deferral: Deferral | undefined }>({ max: MAX_REMEMBERED });
  return (written) => {
    const { variables } = written;
    const values = conditionVariables(written).map((name) => variables[name]);
    if (values.some((value) => typeof value !== 'boolean')) return undefined;
    const key = `${written.key} defer ${values.map((value) => (value === true ? 1 : 0)).join('')}`;
    const known = remembered.get(key);
    if (known !== undefined) return known.deferral;
    const pieces = deferFragments(schema, written);
    const deferral = pieces && { ...pieces, key };
    remembered.set(key, { deferral });
    return deferral;
  };
}

/** The names of the operation's variables that decide what is skipped, included or deferred, always in one order. */
function conditionVariables({ definition, fragments }: Written): readonly string[] {
  const declared = new Set(definition.variableDefinitions?.map(({ variable }) => variable.name.value));
  const names = new Set<string>();
  for (const part of [definition, ...fragments.values()])
    visit(part, {
      [Kind.DIRECTIVE]: ({ name, arguments: given = [] }) => {
        const value = given.find((argument) => argument.name.value === 'if')?.value;
        if (CONDITIONS.has(name.value) && value?.kind === Kind.VARIABLE && declared.has(value.name.value))
          names.add(value.name.value);
      },
    });
  return [...names];
}
