/** After the tests of a run: stops what `globalSetup` let them start. */
export default async function globalTeardown() {
  await globalThis.postgresDoor?.close();
}
