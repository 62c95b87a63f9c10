import { describe, expect, it } from '@jest/globals';
import { createOwnStorage } from './own-storage.ts';

/** As a browser has it: one storage for all pages of the origin. */
function createShared(): Storage {
  const items = new Map<string, string>();
  return {
    get length() {
      return items.size;
    },
    key: (index) => [...items.keys()][index] ?? null,
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
    clear: () => items.clear(),
  };
}

describe("a page's own storage", () => {
  it('sees and clears its own keys alone', () => {
    const shared = createShared();
    shared.setItem('theme', 'theirs');
    const own = createOwnStorage(shared, 'caregraph:');

    own.setItem('theme', 'dark');
    own.setItem('tabs', '[]');

    expect(own.getItem('theme')).toBe('dark');
    expect(own.length).toBe(2);
    expect([own.key(0), own.key(1), own.key(2)]).toEqual(['theme', 'tabs', null]);
    own.removeItem('tabs');
    expect(own.getItem('tabs')).toBeNull();
    own.clear();
    expect(own.length).toBe(0);
    expect(shared.getItem('theme')).toBe('theirs');
  });
});
