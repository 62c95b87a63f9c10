import type { DeclareVariable } from './generate-values.ts';
import type { State } from './operation-state.ts';

/** Writes `@skip` and `@include`, or nothing, as most of the time. */
export function conditions(state: State): string {
  const { random } = state;
  if (!random.chance(0.16)) return '';
  const names = random.chance(0.12) ? ['skip', 'include'] : [random.pick(['skip', 'include'])];
  return names
    .map((name) => {
      // Most of the time what is selected stays, or there would be little to compare.
      const value = random.chance(0.7) === (name === 'include');
      const written = random.chance(0.75) ? condition(state, value) : String(value);
      return ` @${name}(if: ${written})`;
    })
    .join('');
}

/** One of a few Boolean variables, so that several conditions hang on one. */
function condition({ random, variables }: State, value: boolean): string {
  const name = `if${random.below(4)}`;
  if (!variables.has(name)) {
    const isDefault = random.chance(0.2);
    variables.set(name, {
      declaration: isDefault ? `$${name}: Boolean = ${value}` : `$${name}: Boolean!`,
      value: isDefault && random.chance(0.5) ? undefined : value,
    });
  }
  return `$${name}`;
}

/** Declares variables of an operation; some are used more than once, where the type is the same. */
export function declarer({ random, variables }: Pick<State, 'random' | 'variables'>): DeclareVariable {
  return (type, value, isOptional) => {
    const same = [...variables]
      .filter(([, { declaration }]) => declaration.endsWith(`: ${type}`))
      .map(([name]) => name);
    if (same.length > 0 && random.chance(0.3)) return `$${random.pick(same)}`;
    const name = `v${variables.size}`;
    const isLeftOut = isOptional && random.chance(0.15);
    variables.set(name, { declaration: `$${name}: ${type}`, value: isLeftOut ? undefined : value });
    return `$${name}`;
  };
}
