import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { assertPortsFree, choosePorts } from './ports.ts';

describe('choosePorts', () => {
  it('gives the subgraphs consecutive ports in their order', async () => {
    expect(await choosePorts({ gatewayPort: 4000, subgraphPort: 4001 })).toEqual({
      gateway: 4000,
      subgraphs: {
        users: 4001,
        doctors: 4002,
        appointments: 4003,
        clinical: 4004,
        pharmacy: 4005,
        notifications: 4006,
      },
    });
  });

  it('finds free ports when asked for 0', async () => {
    const ports = await choosePorts({ gatewayPort: 0, subgraphPort: 0 });

    expect([ports.gateway, ...Object.values(ports.subgraphs)].every((port) => port > 1023)).toBe(true);
    await expect(assertPortsFree(ports, 0)).resolves.toBeUndefined();
  });

  it('refuses a gateway on the port of a subgraph', async () => {
    await expect(choosePorts({ gatewayPort: 4003, subgraphPort: 4001 })).rejects.toThrow('the appointments subgraph');
  });
});

describe('assertPortsFree', () => {
  it.each(['127.0.0.1', '0.0.0.0', '::'])('names each port in use at %s, and no other', async (host) => {
    const ports = await choosePorts({ gatewayPort: 0, subgraphPort: 0 });
    const servers = [ports.gateway, ports.subgraphs.clinical].map((port) => createServer().listen(port, host));
    await Promise.all(servers.map((server) => once(server, 'listening')));

    const [message] = await Promise.allSettled([assertPortsFree(ports, 0)]);

    expect(message).toMatchObject({ status: 'rejected' });
    const text = String(message.status === 'rejected' && message.reason);
    expect(text).toContain(`Port ${ports.gateway} is in use (wanted by: gateway).`);
    expect(text).toContain(`Port ${ports.subgraphs.clinical} is in use (wanted by: clinical).`);
    expect(text).not.toContain(`${ports.subgraphs.users}`);
    for (const server of servers) server.close();
  });

  it('waits for a port that is just being given up', async () => {
    const server = createServer().listen(0);
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const ports = { ...(await choosePorts({ gatewayPort: 0, subgraphPort: 0 })), gateway: port };

    const asserting = assertPortsFree(ports, 5_000);
    setImmediate(() => server.close());

    await expect(asserting).resolves.toBeUndefined();
  });
});
