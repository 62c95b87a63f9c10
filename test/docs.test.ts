import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { ERROR_CODES, SUBGRAPH_NAMES } from '../wire/names.ts';

const textOf = (path: string): string => readFileSync(path, 'utf8');

/** The keys of zod objects, as they stand in the files that alone may read the environment. */
function settingsIn(path: string): string[] {
  return [...textOf(path).matchAll(/^ +([A-Z]+(?:_[A-Z]+)*):/gm)].map(([, name = '']) => name);
}

it('names every setting for operators, where the README points', () => {
  const mains = SUBGRAPH_NAMES.map((name) => `subgraphs/${name}/main.ts`);
  const files = ['gateway/config/environment.ts', 'events/bus-settings.ts', 'subgraphs/shared/settings.ts', ...mains];
  const ofTheContract = ['OTEL_EXPORTER_OTLP_ENDPOINT', '<NAME>_SUBGRAPH_URL'];
  const ofForeignSubgraphs = ['<NAME>_SUBGRAPH_SUBSCRIPTIONS'];
  const settings = new Set([
    ...files.flatMap(settingsIn),
    ...ofTheContract,
    ...ofForeignSubgraphs,
    '<NAME>_DATABASE_URL',
  ]);
  const guide = textOf('docs/operator.md');

  expect(settings).toContain('JWKS_URL');
  expect(settings).toContain('SMTP_URL');
  expect([...settings].filter((name) => !guide.includes(`\`${name}\``))).toEqual([]);
  expect(textOf('README.md')).toContain('(docs/operator.md)');
});

it('tells a frontend what to do about every error code', () => {
  const guide = textOf('docs/frontend.md');

  expect(ERROR_CODES.filter((code) => !guide.includes(`\`${code}\``))).toEqual([]);
});

it('points at files that are there', () => {
  const pages = ['README.md', ...readdirSync('docs').flatMap((name) => (name.endsWith('.md') ? [`docs/${name}`] : []))];

  const broken = pages.flatMap((page) =>
    [...textOf(page).matchAll(/\]\(([^)#\s]+)/g)]
      .map(([, target = '']) => target)
      .filter((target) => !/^https?:/.test(target) && !isThere(page, target)),
  );

  expect(broken).toEqual([]);
});

function isThere(page: string, target: string): boolean {
  try {
    readFileSync(new URL(target, new URL(page, `file://${process.cwd()}/`)));
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EISDIR';
  }
}
