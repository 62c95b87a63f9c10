import DataLoader from 'dataloader';

/** A loader of one row per id for the time of one request: all ids of one tick become one read; a missing row is `null`. */
export function loaderById<Row>(
  read: (ids: readonly string[]) => Promise<readonly Row[]>,
  idOf: (row: Row) => string,
): DataLoader<string, Row | null> {
  return new DataLoader(async (ids) => {
    const rows = new Map((await read(ids)).map((row) => [idOf(row), row]));
    return ids.map((id) => rows.get(id) ?? null);
  });
}

/** A loader of the rows that belong to an owner, in the order in which `read` gives them; none is an empty list. */
export function loaderByOwner<Row>(
  read: (owners: readonly string[]) => Promise<readonly Row[]>,
  ownerOf: (row: Row) => string,
): DataLoader<string, readonly Row[]> {
  return new DataLoader(async (owners) => {
    const groups = new Map<string, Row[]>(owners.map((owner) => [owner, []]));
    for (const row of await read(owners)) groups.get(ownerOf(row))?.push(row);
    return owners.map((owner) => groups.get(owner) ?? []);
  });
}
