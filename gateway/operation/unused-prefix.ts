import { Kind, visit } from 'graphql';
import type { Operation } from '../context.ts';

/**
 * What no alias of an operation begins with, before a number: the gateway's own aliases begin with the ids of deferred fragments, and
 * none of them may be one of the client's.
 */
export function unusedPrefix({ definition, fragments }: Pick<Operation, 'definition' | 'fragments'>): string {
  const aliases: string[] = [];
  for (const part of [definition, ...fragments.values()])
    visit(part, {
      [Kind.FIELD]: ({ alias }) => {
        if (alias !== undefined) aliases.push(alias.value);
      },
    });
  let prefix = 'd';
  while (aliases.some((alias) => alias.startsWith(prefix) && /^[0-9]/.test(alias.slice(prefix.length)))) prefix += 'd';
  return prefix;
}
