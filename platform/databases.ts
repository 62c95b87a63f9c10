import { SUBGRAPH_NAMES, type SubgraphName } from '../wire/names.ts';

/** Each subgraph has a database of its own; `events` is the log in which they publish to each other and to the gateway. */
export const DATABASE_NAMES = [...SUBGRAPH_NAMES, 'events'] as const;
export type DatabaseName = SubgraphName | 'events';

/** Connection strings. */
export type DatabaseUrls = Readonly<Record<DatabaseName, string>>;

/** The setting that holds the connection string of a database. */
export function databaseSetting(name: DatabaseName): string {
  return `${name.toUpperCase()}_DATABASE_URL`;
}
