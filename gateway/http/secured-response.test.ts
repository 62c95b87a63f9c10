import { once } from 'node:events';
import { createServer, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { SecuredResponse } from './secured-response.ts';

/** What a client gets: each name with all its values. */
async function headersOf(write: (response: SecuredResponse) => void): Promise<NodeJS.Dict<string[]>> {
  const server = createServer({ ServerResponse: SecuredResponse }, (_request, response) => write(response));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const [response] = (await once(get({ port, host: '127.0.0.1' }), 'response')) as [IncomingMessage];
  response.resume();
  await once(response, 'end');
  server.close();
  return response.headersDistinct;
}

const SECURED = {
  'x-content-type-options': ['nosniff'],
  'x-frame-options': ['DENY'],
  'content-security-policy': ["default-src 'none'; frame-ancestors 'none'"],
  'referrer-policy': ['no-referrer'],
  'cache-control': ['no-store'],
};

describe('SecuredResponse', () => {
  it.each<[string, (response: SecuredResponse) => void]>([
    ['a body alone', (response) => response.end('{}')],
    ['pieces', (response) => void (response.write('{'), response.end('}'))],
    ['headers that were set', (response) => response.setHeader('x-own', 'yes').end()],
    ['headers by their names', (response) => response.writeHead(200, { 'x-own': 'yes' }).end()],
    ['a list of headers', (response) => response.writeHead(200, ['x-own', 'yes']).end()],
    [
      'a list beside headers that were set',
      (response) => response.setHeader('x-a', 'b').writeHead(200, ['x-own', 'yes']).end(),
    ],
    ['a status alone', (response) => response.writeHead(404).end()],
  ])('has the headers of security, each once, when it is written as %s', async (_, write) => {
    expect(await headersOf(write)).toMatchObject(SECURED);
  });

  it.each<[string, (response: SecuredResponse) => void]>([
    ['set', (response) => response.setHeader('cache-control', 'public').end()],
    ['named in large letters', (response) => response.writeHead(200, { 'Cache-Control': 'public' }).end()],
    ['in a list', (response) => response.writeHead(200, ['cache-control', 'public']).end()],
  ])('has what its handler says instead, where that is %s', async (_, write) => {
    expect(await headersOf(write)).toMatchObject({ ...SECURED, 'cache-control': ['public'] });
  });

  it('writes headers of several values, and those that were set before', async () => {
    const headers = await headersOf((response) => {
      response.setHeader('connection', 'close');
      response.writeHead(200, { 'x-many': ['a', 'b'], 'content-length': 2 }).end('{}');
    });

    expect(headers).toMatchObject({ ...SECURED, connection: ['close'], 'x-many': ['a', 'b'], 'content-length': ['2'] });
  });
});
