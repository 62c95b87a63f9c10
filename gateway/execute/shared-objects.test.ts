import { describe, expect, it } from '@jest/globals';
import { SharedObjects } from './shared-objects.ts';

describe('SharedObjects', () => {
  it('finds an object at its depth, however deep, and has one note of it', () => {
    const shared = new SharedObjects();
    const objects = [0, 1, 30, 31, 32, 100].map((depth) => ({ depth }));
    expect(shared.isEmpty).toBe(true);

    for (const object of [...objects, ...objects]) shared.add(object, object.depth);

    expect(shared.isEmpty).toBe(false);
    expect(shared.all()).toEqual(objects);
    for (const object of objects) {
      const note = shared.at(object.depth, object);
      expect(note).toBeDefined();
      shared.add(object, object.depth);
      expect(shared.at(object.depth, object)).toBe(note);
    }
  });

  it('looks for none where there are none', () => {
    const shared = new SharedObjects();
    const object = {};
    shared.add(object, 3);

    expect(shared.at(2, object)).toBeUndefined();
    expect(shared.at(3, {})).toBeUndefined();
    expect(shared.has(object)).toBe(true);
  });
});
