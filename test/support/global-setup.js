import { buildAll } from '../../scripts/build.mjs';
import { openPostgresDoor } from './postgres-door.js';

/** Before the tests of a run: builds what they start, and lets them ask for a PostgreSQL, which is started for the first that does. */
export default async function globalSetup() {
  await buildAll();
  const door = await openPostgresDoor();
  process.env.TEST_POSTGRES_DOOR = String(door.port);
  globalThis.postgresDoor = door;
}
