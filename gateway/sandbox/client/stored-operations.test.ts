import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readExamples } from './read-examples.ts';
import { createIdOfStored } from './stored-operations.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const manifest = JSON.parse(readFileSync(join(root, 'gateway/partners/acme-health.json'), 'utf8')) as {
  operations: { id: string; name: string; body: string }[];
};

describe('the id of a stored operation', () => {
  it("is found for every example of a partner, as the partner's manifest has it", () => {
    const idOf = createIdOfStored(manifest);
    const examples = readExamples(readFileSync(join(root, 'operations/partner.graphql'), 'utf8'));

    const found = examples.map(({ name, query }) => [name, idOf(query)]);

    expect(found).toEqual(manifest.operations.map(({ name, id }) => [name, id]));
  });

  it('is none for a changed operation, nor for what is not GraphQL', () => {
    const idOf = createIdOfStored({ operations: [{ id: 'one', body: 'query A { a }' }] });

    expect(idOf('# Why.\nquery A {\n  a\n}')).toBe('one');
    expect(idOf('query A { a b }')).toBeUndefined();
    expect(idOf('query A {')).toBeUndefined();
  });
});
