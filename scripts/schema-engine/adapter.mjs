// The way to the database for the WebAssembly build of Prisma's schema engine: @prisma/adapter-pg, mended where the engine asks
// for more than a Prisma client does.
import { randomUUID } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import { ColumnTypeEnum } from '@prisma/driver-adapter-utils';
import pg from 'pg';

const CHAR = 18;
const CHAR_ARRAY = 1002;

/** The factory that the engine opens its connections with, those to shadow databases included. */
export function adapterFactory(url) {
  return Object.assign(new PrismaPg({ connectionString: url ?? 'postgresql://none' }), {
    connect: () => open(url),
    connectToShadowDb: () => openShadow(url),
  });
}

/** Creates the database that the URL names unless it is there; gives its name. */
export async function createDatabase(url) {
  const databaseName = decodeURIComponent(new URL(url).pathname.slice(1));
  await onServer(url, async (client) => {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [databaseName]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(databaseName)}`);
  });
  return { databaseName };
}

/** Throws when the database cannot be reached. */
export async function assertReachable(url) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.end();
}

async function open(url) {
  const schema = new URL(url).searchParams.get('schema') ?? undefined;
  const searchPath = schema === undefined ? {} : { options: `-c search_path="${schema}"` };
  const factory = new PrismaPg({ connectionString: url, Client: ClientWithChar, max: 1, ...searchPath }, { schema });
  return withWholeScripts(withChar(await factory.connect()));
}

/** adapter-pg's own lets the URL's database win, so that the "shadow" would be the real database. */
async function openShadow(url) {
  const name = `prisma_migrate_shadow_db_${randomUUID()}`;
  await onServer(url, (client) => client.query(`CREATE DATABASE "${name}"`));
  const shadow = await open(urlOf(url, name));
  const dispose = shadow.dispose.bind(shadow);
  shadow.dispose = async () => {
    await dispose();
    await onServer(url, (client) => client.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`));
  };
  return shadow;
}

/** adapter-pg splits scripts at every `;`, which breaks $$ bodies. One simple query is also one implicit transaction. */
function withWholeScripts(adapter) {
  adapter.executeScript = async function executeScript(script) {
    try {
      await this.client.query(script);
    } catch (error) {
      this.onError(error);
    }
  };
  return adapter;
}

/**
 * The catalogue queries return PostgreSQL's internal type "char", for which adapter-pg has no mapping. The client passes it
 * off as "char"[], and what comes out of the adapter is relabelled as a single character.
 */
class ClientWithChar extends pg.Client {
  query(...args) {
    const callback = args.at(-1);
    if (typeof callback === 'function') {
      return super.query(...args.slice(0, -1), (error, result) => callback(error, relabelled(result)));
    }
    const pending = super.query(...args);
    return typeof pending?.then === 'function' ? pending.then(relabelled) : pending;
  }
}

function relabelled(result) {
  const fields = [result].flat().flatMap((one) => one?.fields ?? []);
  for (const field of fields) if (field.dataTypeID === CHAR) field.dataTypeID = CHAR_ARRAY;
  return result;
}

function withChar(adapter) {
  const queryable = Object.getPrototypeOf(Object.getPrototypeOf(adapter)); // shared with its transactions
  if (queryable.knowsChar) return adapter;
  const { queryRaw } = queryable;
  queryable.knowsChar = true;
  queryable.queryRaw = async function queryRawWithChar(query) {
    const result = await queryRaw.call(this, query);
    const isArray = (column) => result.rows.some((row) => Array.isArray(row[column]));
    result.columnTypes = result.columnTypes.map((type, column) =>
      type === ColumnTypeEnum.CharacterArray && !isArray(column) ? ColumnTypeEnum.Character : type,
    );
    return result;
  };
  return adapter;
}

async function onServer(url, work) {
  const client = new pg.Client({ connectionString: urlOf(url, 'postgres') });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function urlOf(url, database) {
  return Object.assign(new URL(url), { pathname: `/${database}` }).href;
}
