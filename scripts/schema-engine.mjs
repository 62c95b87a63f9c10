#!/usr/bin/env node
// Stands in for Prisma's native schema engine, which Prisma downloads from a host of its own: the same protocol on standard
// input and output, carried out by the WebAssembly build that Prisma publishes on npm. PostgreSQL only. prisma.config.ts
// names this file in PRISMA_SCHEMA_ENGINE_BINARY; @prisma/schema-engine-wasm must be of the very version of `prisma`.
import { assertReachable, createDatabase } from './schema-engine/adapter.mjs';
import { createEngine, loadEngine } from './schema-engine/engine.mjs';
import { serveJsonRpc } from './schema-engine/json-rpc.mjs';

const argv = process.argv.slice(2);
const valuesOf = (flag) => argv.flatMap((argument, index) => (argument === flag ? [argv[index + 1]] : []));
const { url } = JSON.parse(valuesOf('--datasource')[0] ?? '{}');

/** Prisma's codes for what keeps a database from being reached, by the codes of Node and PostgreSQL. */
const PRISMA_CODES = {
  ECONNREFUSED: 'P1001',
  ENOTFOUND: 'P1001',
  '28P01': 'P1000',
  28000: 'P1010',
  '3D000': 'P1003',
};
const OTHER_CONNECTION_ERROR = 'P1011';

async function runCommand(command) {
  if (command === 'create-database') await createDatabase(url);
  else if (command === 'can-connect-to-database') await assertReachable(url);
  else throw new Error(`not supported: ${command}`);
}

if (argv.includes('cli')) {
  try {
    await runCommand(argv.at(-1));
  } catch (error) {
    const fields = { message: error.message, error_code: PRISMA_CODES[error.code] ?? OTHER_CONNECTION_ERROR };
    const entry = { level: 'ERROR', target: 'schema_engine::logger', fields };
    // The command line skips the first line and reads the others as the engine's log.
    process.stderr.write(`schema-engine (wasm)\n${JSON.stringify(entry)}\n`);
    process.exitCode = 1;
  }
} else {
  const version = await loadEngine((message) => {
    process.stderr.write(`${JSON.stringify({ level: 'ERROR', fields: { message } })}\n`);
  });
  if (argv.includes('--version')) console.log(`schema-engine-wasm ${version}`);
  else {
    const call = createEngine({ url, datamodelPaths: valuesOf('--datamodels') });
    await serveJsonRpc({ input: process.stdin, output: process.stdout, call });
    process.exit(0); // whatever connections the engine still holds
  }
}
