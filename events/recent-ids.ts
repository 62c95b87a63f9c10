/** How many ids of each source are remembered: many times what a relay publishes at once, the only thing that can come twice. */
const IDS_PER_SOURCE = 10_000;

/** A bounded memory of the events that were seen last. */
export interface RecentIds {
  has(source: string, id: string): boolean;
  add(source: string, id: string): void;
}

/** Makes a memory of its own for each source, so that a busy one does not push out what a quiet one publishes again. */
export function createRecentIds(perSource = IDS_PER_SOURCE): RecentIds {
  const sources = new Map<string, Set<string>>();
  return {
    has: (source, id) => sources.get(source)?.has(id) === true,
    add(source, id) {
      const ids = sources.get(source) ?? new Set();
      sources.set(source, ids.add(id));
      for (const oldest of ids) {
        if (ids.size <= perSource) break;
        ids.delete(oldest);
      }
    },
  };
}
