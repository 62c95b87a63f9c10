// The peer: mercurius with @mercuriusjs/gateway, in front of the same subgraphs, the client's authorization passed on. It knows
// Federation 1 only, and is given the subgraphs' schemas in that form.
import { readFileSync } from 'node:fs';
import mercuriusGateway from '@mercuriusjs/gateway';
import Fastify from 'fastify';

const [servicesPath, port] = process.argv.slice(2);
const services = JSON.parse(readFileSync(servicesPath, 'utf8'));
const app = Fastify();
await app.register(mercuriusGateway, {
  gateway: {
    services: services.map((service) => ({
      ...service,
      mandatory: true,
      keepAlive: 60_000,
      rewriteHeaders: (headers) => (headers.authorization ? { authorization: headers.authorization } : {}),
    })),
  },
  jit: 1,
});
await app.listen({ port: Number(port), host: '127.0.0.1' });
