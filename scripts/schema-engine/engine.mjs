// The schema engine that Prisma publishes on npm as WebAssembly.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import * as wasm from '@prisma/schema-engine-wasm/schema_engine_bg';
import { adapterFactory, createDatabase } from './adapter.mjs';

/** Loads the engine's code; gives its version. `onPanic` hears of a crash inside. */
export async function loadEngine(onPanic) {
  const entry = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm');
  const bytes = readFileSync(entry.replace(/schema_engine\.js$/, 'schema_engine_bg.wasm'));
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': wasm });
  wasm.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  globalThis.PRISMA_WASM_PANIC_REGISTRY = { set_message: onPanic };
  return wasm.version();
}

/** An engine on one database, made at its first call: `call(method, params)` gives the method's result. */
export function createEngine({ url, datamodelPaths }) {
  let engine;
  const make = () => {
    const datamodels = datamodelPaths.map((path) => [path, readFileSync(path, 'utf8')]);
    const options = { datamodels: datamodels.length === 0 ? undefined : datamodels };
    return wasm.SchemaEngine.new(options, () => {}, bindMigrationAwareSqlAdapterFactory(adapterFactory(url)));
  };

  return async function call(method, params) {
    if (method === 'createDatabase') return createDatabase(url);
    engine ??= await make();
    const run = async () => (await engine[method === 'getDatabaseVersion' ? 'version' : method](params)) ?? {};
    try {
      return await run();
    } catch (error) {
      // evaluateDataLoss and createMigration find the schema that the migrations lead to only in the engine's cache, which
      // devDiagnostic fills, and only for the migrations that were applied by then.
      if (!params?.migrationsList || !/provided through an external factory/.test(error?.message)) throw error;
      await engine.devDiagnostic({ migrationsList: params.migrationsList, filters: params.filters });
      return run();
    }
  };
}
