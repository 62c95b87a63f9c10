import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** One address before several instances, as a load balancer is: each connection goes to the next one that answers. */
export interface OneAddress {
  readonly url: string;
  /** Cuts all connections, as a network that is lost does. */
  readonly cut: () => void;
  /** The same, and takes no more of them until they are restored. */
  readonly lose: () => void;
  readonly restore: () => void;
  /** How many connections were not taken because they are lost. */
  readonly refused: () => number;
  readonly stop: () => Promise<void>;
}

/** Listens on a free port and passes connections on to the ports, in turn. */
export async function startOneAddress(ports: readonly number[]): Promise<OneAddress> {
  const open = new Set<Socket>();
  let turn = 0;
  let isLost = false;
  let refused = 0;
  const server = createServer({ noDelay: true }, (client) => {
    open.add(client);
    client.on('error', () => client.destroy());
    client.on('close', () => open.delete(client));
    turn += 1;
    if (isLost) {
      refused += 1;
      client.destroy();
    } else pass(client, turn, ports.length);
  });

  function pass(client: Socket, first: number, tries: number): void {
    const instance = connect({ port: ports[first % ports.length] ?? 0, host: '127.0.0.1', noDelay: true });
    instance.once('connect', () => {
      client.pipe(instance).pipe(client);
      client.once('close', () => instance.destroy());
      instance.once('close', () => client.destroy());
    });
    instance.on('error', () => {
      if (instance.connecting && tries > 1) pass(client, first + 1, tries - 1);
      else client.destroy();
    });
  }

  const cut = (): void => {
    for (const socket of open) socket.destroy();
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut,
    lose() {
      isLost = true;
      cut();
    },
    refused: () => refused,
    restore() {
      isLost = false;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        cut();
      }),
  };
}
