// One configuration for the six Prisma schemas: SUBGRAPH=users npx prisma migrate dev --name add_phone
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'prisma/config';

// Prisma downloads its schema engine when it is first used. The stand-in does the same work with the WebAssembly build
// from npm, so that an install needs nothing but the npm registry.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= fileURLToPath(new URL('./scripts/schema-engine.mjs', import.meta.url));

const name = process.env.SUBGRAPH ?? 'users';

export default defineConfig({
  schema: `prisma/${name}/schema.prisma`,
  migrations: { path: `prisma/${name}/migrations` },
  datasource: {
    url: process.env[`${name.toUpperCase()}_DATABASE_URL`] ?? `postgresql://postgres:postgres@127.0.0.1:5432/${name}`,
  },
});
