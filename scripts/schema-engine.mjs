#!/usr/bin/env node
// Stands in for Prisma's native schema-engine binary, which Prisma downloads from its own host: the same newline-delimited
// JSON-RPC over stdio, carried out by the WASM build of the engine that Prisma publishes on npm, over @prisma/adapter-pg.
// PRISMA_SCHEMA_ENGINE_BINARY names it (set in prisma.config.ts). PostgreSQL only.
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils';
import * as wasm from '@prisma/schema-engine-wasm/schema_engine_bg';
import pg from 'pg';

const argv = process.argv.slice(2);
const all = (flag) => argv.flatMap((arg, i) => (arg === flag ? [argv[i + 1]] : []));
const { url } = JSON.parse(all('--datasource')[0] ?? '{}');
const withDatabase = (name) => Object.assign(new URL(url), { pathname: `/${name}` }).href;

// The catalogue queries return Postgres's internal "char" (OID 18), for which adapter-pg has no mapping: it goes through as
// "char"[] (OID 1002), and adapt() turns that back into a single character.
const CHAR = 18,
  CHAR_ARRAY = 1002;
const relabel = (res) => {
  for (const r of [res].flat()) for (const f of r?.fields ?? []) if (f.dataTypeID === CHAR) f.dataTypeID = CHAR_ARRAY;
  return res;
};
class Client extends pg.Client {
  query(...args) {
    const cb = args.at(-1);
    if (typeof cb === 'function') return super.query(...args.slice(0, -1), (err, res) => cb(err, relabel(res)));
    const out = super.query(...args);
    return typeof out?.then === 'function' ? out.then(relabel) : out;
  }
}
function adapt(adapter) {
  // adapter-pg splits scripts at every ';', which breaks $$ bodies. One simple-protocol query is also one implicit transaction,
  // as in the native engine.
  adapter.executeScript = async function (script) {
    try {
      await this.client.query(script);
    } catch (err) {
      this.onError(err);
    }
  };
  const queryable = Object.getPrototypeOf(Object.getPrototypeOf(adapter)); // shared with transactions
  if (!queryable.adapted) {
    const { queryRaw } = queryable;
    queryable.adapted = true;
    queryable.queryRaw = async function (query) {
      const res = await queryRaw.call(this, query);
      res.columnTypes = res.columnTypes.map((type, i) =>
        type === ColumnTypeEnum.CharacterArray && !res.rows.some((row) => Array.isArray(row[i]))
          ? ColumnTypeEnum.Character
          : type,
      );
      return res;
    };
  }
  return adapter;
}
const schema = url ? (new URL(url).searchParams.get('schema') ?? undefined) : undefined;
const open = async (connectionString) =>
  adapt(
    await new PrismaPg(
      { connectionString, Client, max: 1, ...(schema && { options: `-c search_path="${schema}"` }) },
      { schema },
    ).connect(),
  );
async function onServer(work) {
  const client = new pg.Client({ connectionString: withDatabase('postgres') });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
async function createDatabase() {
  const databaseName = decodeURIComponent(new URL(url).pathname.slice(1));
  await onServer(async (c) => {
    const { rowCount } = await c.query('select 1 from pg_database where datname = $1', [databaseName]);
    if (!rowCount) await c.query(`create database ${c.escapeIdentifier(databaseName)}`);
  });
  return { databaseName };
}
const factory = Object.assign(new PrismaPg({ connectionString: url ?? 'postgresql://none' }), {
  connect: () => open(url),
  // adapter-pg's own lets the connection string's database win, so that the "shadow" would be the real database.
  connectToShadowDb: async () => {
    const name = `prisma_migrate_shadow_db_${randomUUID()}`;
    await onServer((c) => c.query(`create database "${name}"`));
    const shadow = await open(withDatabase(name));
    const dispose = shadow.dispose.bind(shadow);
    shadow.dispose = async () => {
      await dispose();
      await onServer((c) => c.query(`drop database if exists "${name}" with (force)`));
    };
    return shadow;
  },
});

if (argv.includes('cli')) {
  // The CLI skips the first line of stderr and reads the others as the engine's JSON log.
  const code = { '3D000': 'P1003', ECONNREFUSED: 'P1001', ENOTFOUND: 'P1001', '28P01': 'P1000', 28000: 'P1010' };
  try {
    if (argv.at(-1) === 'create-database') await createDatabase();
    else if (argv.at(-1) === 'can-connect-to-database') {
      const c = new pg.Client({ connectionString: url });
      await c.connect();
      await c.end();
    } else throw new Error(`not supported: ${argv.at(-1)}`);
    process.exit(0);
  } catch (err) {
    process.stderr.write(
      `schema-engine (wasm)\n${JSON.stringify({ level: 'ERROR', target: 'schema_engine::logger', fields: { message: err.message, error_code: code[err.code] ?? 'P1011' } })}\n`,
    );
    process.exit(1);
  }
}

const file = createRequire(import.meta.url)
  .resolve('@prisma/schema-engine-wasm')
  .replace(/schema_engine\.js$/, 'schema_engine_bg.wasm');
const { instance } = await WebAssembly.instantiate(readFileSync(file), { './schema_engine_bg.js': wasm });
wasm.__wbg_set_wasm(instance.exports);
instance.exports.__wbindgen_start();
globalThis.PRISMA_WASM_PANIC_REGISTRY = {
  set_message: (message) => process.stderr.write(`${JSON.stringify({ level: 'ERROR', fields: { message } })}\n`),
};
if (argv.includes('--version')) {
  console.log(`schema-engine-wasm ${wasm.version()}`);
  process.exit(0);
}

const send = (message) => process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
let engine;
async function call(method, params) {
  if (method === 'createDatabase') return createDatabase();
  const datamodels = all('--datamodels').map((path) => [path, readFileSync(path, 'utf8')]);
  engine ??= await wasm.SchemaEngine.new(
    { datamodels: datamodels.length ? datamodels : undefined },
    () => {},
    bindMigrationAwareSqlAdapterFactory(factory),
  );
  const run = async () => (await engine[method === 'getDatabaseVersion' ? 'version' : method](params)) ?? {};
  return run().catch(async (err) => {
    // evaluateDataLoss and createMigration find the schema that the migrations lead to only in the engine's cache, which
    // devDiagnostic fills, and only for the migrations that were applied by then.
    if (!params?.migrationsList || !/provided through an external factory/.test(err?.message)) throw err;
    await engine.devDiagnostic({ migrationsList: params.migrationsList, filters: params.filters });
    return run();
  });
}
let queue = Promise.resolve();
createInterface({ input: process.stdin })
  .on('line', (line) => {
    const { id, method, params } = JSON.parse(line);
    if (!method) return; // the answer to a "print"
    queue = queue
      .then(() => call(method, params))
      .then(
        (result) => {
          if (method === 'diff' && result.stdout != null)
            send({ id: 1e9 + id, method: 'print', params: { content: result.stdout } });
          send({ id, result: method === 'diff' ? { ...result, stdout: null } : result });
        },
        (err) =>
          send({
            id,
            error: {
              code: 4466,
              message: 'An error happened. Check the data field for details.',
              data: {
                is_panic: false,
                message: String(err?.message ?? err),
                error_code: err?.code ?? null,
                meta: err?.meta ?? null,
              },
            },
          }),
      );
  })
  .on('close', () => queue.finally(() => process.exit(0)));
