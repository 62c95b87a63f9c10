/** The part of a browser's storage whose keys begin with the prefix: other pages of the same origin have their own. */
export function createOwnStorage(storage: Storage, prefix: string): Storage {
  const ownKeys = (): string[] =>
    Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '').filter((key) =>
      key.startsWith(prefix),
    );
  return {
    get length() {
      return ownKeys().length;
    },
    key: (index) => ownKeys()[index]?.slice(prefix.length) ?? null,
    getItem: (key) => storage.getItem(prefix + key),
    setItem: (key, value) => storage.setItem(prefix + key, value),
    removeItem: (key) => storage.removeItem(prefix + key),
    clear: () => {
      for (const key of ownKeys()) storage.removeItem(key);
    },
  };
}
