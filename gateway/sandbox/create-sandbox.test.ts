import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request as httpRequest } from 'node:http';
import type { IncomingHttpHeaders, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createSandbox } from './create-sandbox.ts';

const script = 'export const answer = 42;';
let folder = '';
let server: Server;

/** Sends the path as it stands: fetch would tidy `..` away. */
function ask(path: string, options: { method?: string; headers?: Record<string, string>; of?: Server } = {}) {
  const { port } = (options.of ?? server).address() as AddressInfo;
  return new Promise<{ status: number; headers: IncomingHttpHeaders; body: Buffer }>((resolve, reject) => {
    const sent = httpRequest(
      { host: '127.0.0.1', port, path, method: options.method ?? 'GET', headers: { ...options.headers } },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () => {
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks) });
        });
      },
    );
    sent.on('error', reject);
    sent.end();
  });
}

function serve(assetsDir: string): Promise<Server> {
  const sandbox = createSandbox({ assetsDir });
  const serving = createServer((request, response) => {
    if (!sandbox(request, response)) response.writeHead(418).end('not the sandbox');
  });
  return new Promise((resolve) => serving.listen(0, '127.0.0.1', () => resolve(serving)));
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'caregraph-sandbox-'));
  const assets = join(folder, 'sandbox');
  mkdirSync(join(assets, 'abc123'), { recursive: true });
  writeFileSync(join(folder, 'secret.js'), 'not for the web');
  writeFileSync(join(assets, 'index.html'), '<!doctype html><title>CareGraph sandbox</title>');
  writeFileSync(join(assets, 'demo.html'), '<!doctype html><title>CareGraph live status</title>');
  writeFileSync(join(assets, 'notes.md'), 'not an asset');
  writeFileSync(join(assets, 'abc123', 'main.js'), script);
  writeFileSync(join(assets, 'abc123', 'main.js.gz'), gzipSync(script));
  writeFileSync(join(assets, 'abc123', 'main.css'), 'body { margin: 0 }');
  server = await serve(assets);
});

afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

describe('the sandbox', () => {
  it('serves the page at /, with or without a query, to be asked for each time', async () => {
    const answer = await ask('/?as=patient@example.com');

    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(answer.headers['cache-control']).toBe('no-cache');
    expect(answer.body.toString()).toContain('CareGraph sandbox');
  });

  it('serves the demo at /demo, under the same rules', async () => {
    const [page, demo] = [await ask('/'), await ask('/demo')];

    expect(demo.status).toBe(200);
    expect(demo.body.toString()).toContain('CareGraph live status');
    const { etag: _etag, 'content-length': _length, date: _date, ...headers } = demo.headers;
    expect(page.headers).toMatchObject(headers);
    expect((await ask('/demo/')).status).toBe(418);
  });

  it('lets the page load from its own origin only, and be framed by nobody', async () => {
    const { headers } = await ask('/');

    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("connect-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/https?:|\*|unsafe-eval/);
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  it.each([
    ['/sandbox/abc123/main.js', 'text/javascript; charset=utf-8'],
    ['/sandbox/abc123/main.css', 'text/css; charset=utf-8'],
  ])('serves %s as %s, to be kept', async (path, type) => {
    const answer = await ask(path);

    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe(type);
    expect(answer.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(Number(answer.headers['content-length'])).toBe(answer.body.length);
  });

  it('sends the compressed form to those who accept it, and only to them', async () => {
    const compressed = await ask('/sandbox/abc123/main.js', { headers: { 'accept-encoding': 'br, gzip;q=0.8' } });
    const refused = await ask('/sandbox/abc123/main.js', { headers: { 'accept-encoding': 'gzip;q=0' } });

    expect(compressed.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(compressed.body).toString()).toBe(script);
    expect(refused.headers['content-encoding']).toBeUndefined();
    expect(refused.body.toString()).toBe(script);
    expect(compressed.headers.etag).not.toBe(refused.headers.etag);
    expect(refused.headers.vary).toBe('accept-encoding');
  });

  it('answers 304 without a body to those who have it', async () => {
    const first = await ask('/');

    const again = await ask('/', { headers: { 'if-none-match': `"other", W/${String(first.headers.etag)}` } });

    expect(again.status).toBe(304);
    expect(again.body).toHaveLength(0);
  });

  it('answers HEAD with the headers alone', async () => {
    const answer = await ask('/sandbox/abc123/main.js', { method: 'HEAD' });

    expect(answer.status).toBe(200);
    expect(answer.headers['content-length']).toBe(String(script.length));
    expect(answer.body).toHaveLength(0);
  });

  it.each([
    '/sandbox/../secret.js',
    '/sandbox/abc123/../../secret.js',
    '/sandbox/..%2f..%2fsecret.js',
    '/sandbox/%2e%2e/secret.js',
    '/sandbox/..\\secret.js',
    '/sandbox//abc123/main.js',
    '/sandbox/abc123/main.js.gz',
    '/sandbox/notes.md',
    '/sandbox/constructor',
  ])('finds nothing at %s', async (path) => {
    const answer = await ask(path);

    expect(answer.status).toBe(404);
    expect(answer.body.toString()).toBe('Not found');
  });

  it.each([
    ['POST', '/'],
    ['DELETE', '/sandbox/abc123/main.js'],
    ['GET', '/graphql'],
    ['GET', '/sandbox'],
    ['GET', '/index.html'],
    ['GET', '/../secret.js'],
  ])('leaves %s %s to others', async (method, path) => {
    const answer = await ask(path, { method });

    expect(answer.status).toBe(418);
  });

  it('says what to do when it was not built', async () => {
    const unbuilt = await serve(join(folder, 'nowhere'));
    try {
      const answer = await ask('/', { of: unbuilt });

      expect(answer.status).toBe(404);
      expect(answer.body.toString()).toContain('npm run build');
    } finally {
      unbuilt.close();
    }
  });
});
