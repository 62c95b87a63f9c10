import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { parse, validate } from 'graphql';
import { loadSupergraph } from '../supergraph/load-supergraph.ts';
import { loadPartners, partnerOfApiKey } from './partners.ts';

const read = (path: string) => readFile(path, 'utf8');
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

describe('the partners that are shipped', () => {
  it('hold operations that are valid against the supergraph', async () => {
    const [partner] = await loadPartners('gateway/partners', read);
    const { apiSchema } = loadSupergraph(await read('supergraph.graphql'));

    const texts = [...(partner?.operations.values() ?? [])];

    expect(partner).toMatchObject({ id: 'acme-health', scopes: ['directory:read'] });
    expect(texts).toHaveLength(3);
    expect(texts.flatMap((text) => validate(apiSchema, parse(text)))).toEqual([]);
  });

  it('are found by their API key, and by no other', async () => {
    const partners = await loadPartners('gateway/partners', read);

    expect(partnerOfApiKey(partners, 'demo-partner-key')?.id).toBe('acme-health');
    for (const key of ['', 'demo-partner-kez', 'demo-partner-key '])
      expect(partnerOfApiKey(partners, key)).toBeUndefined();
  });
});

describe('a folder of partners', () => {
  const files =
    (manifest: unknown, partner: object = {}) =>
    async (path: string) =>
      path.endsWith('partners.json')
        ? JSON.stringify([{ id: 'a', apiKeySha256: sha256('k'), scopes: [], manifest: 'a.json', ...partner }])
        : JSON.stringify(manifest);
  const manifestOf = (id: string) => ({
    format: 'apollo-persisted-query-manifest',
    version: 1,
    operations: [{ id, name: 'A', type: 'query', body: '{ a }' }],
  });

  it('is refused when an id is not the hash of its text', async () => {
    await expect(loadPartners('x', files(manifestOf(sha256('{ b }'))))).rejects.toThrow(
      'the id of A is not the SHA-256',
    );
  });

  it('is refused when a manifest is of another format, or stands elsewhere', async () => {
    await expect(loadPartners('x', files({ ...manifestOf(sha256('{ a }')), version: 2 }))).rejects.toThrow();
    await expect(loadPartners('x', files({}, { manifest: '../../secret.json' }))).rejects.toThrow();
  });
});
