import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'graphql';
import { generate } from 'selfsigned';
import { freePort } from '../../platform/free-port.ts';
import { startGatewayProcess, supergraphFile, type GatewayProcess } from './support/gateway-process.ts';
import { supergraphOf } from './support/start-gateway.ts';

const running: GatewayProcess[] = [];
const received: string[] = [];
let server: Server;
let folder: string;
let certificate: string;

beforeAll(async () => {
  const made = await generate([{ name: 'commonName', value: 'localhost' }], {
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] }],
  });
  folder = await mkdtemp(join(tmpdir(), 'certificate-'));
  certificate = join(folder, 'certificate.pem');
  await writeFile(certificate, made.cert);
  server = createServer({ key: made.private, cert: made.cert }, (request, response) => {
    received.push(request.url ?? '');
    request.resume().on('end', () => response.end('{"data":{"secret":"kept"}}'));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
});

afterAll(async () => {
  for (const { child } of running) child.kill('SIGKILL');
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true });
});

/** Asks a gateway that reaches its one subgraph over TLS, under a name. */
async function ask(host: string, env: Readonly<Record<string, string>>): Promise<unknown> {
  const { port } = server.address() as AddressInfo;
  const url = `https://${host}:${port}/graphql`;
  const file = await supergraphFile(
    supergraphOf([{ name: 'safe', url, typeDefs: parse('type Query { secret: String }') }]),
  );
  const gateway = await startGatewayProcess(file.path, { LOG_LEVEL: 'info', ...env }, await freePort());
  running.push(gateway);
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ secret }' }),
  });
  await file.remove();
  return response.json();
}

describe('a subgraph at an https address', () => {
  it('is asked where its certificate is trusted', async () => {
    const answer = await ask('localhost', { NODE_EXTRA_CA_CERTS: certificate });

    expect(answer).toEqual({ data: { secret: 'kept' } });
    expect(received).toEqual(['/graphql']);
  });

  it.each([
    ['nobody has said that its certificate is to be trusted', 'localhost', false],
    ['its certificate is for another name', '127.0.0.1', true],
  ])('is told nothing where %s', async (_, host, isTrusted) => {
    received.length = 0;

    const answer = await ask(host, isTrusted ? { NODE_EXTRA_CA_CERTS: certificate } : {});

    expect(answer).toMatchObject({
      data: { secret: null },
      errors: [{ extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }],
    });
    expect(received).toEqual([]);
  });
});
