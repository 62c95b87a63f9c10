import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { projectRoot } from './project-root.ts';

describe('projectRoot', () => {
  it('finds the folder of package.json from a module below it', () => {
    const root = projectRoot(import.meta.url);

    expect(existsSync(join(root, 'package.json'))).toBe(true);
    expect(existsSync(join(root, 'platform', 'project-root.ts'))).toBe(true);
  });

  it('fails where no folder above holds a package.json', () => {
    expect(() => projectRoot('file:///nowhere/module.js')).toThrow('no package.json above /nowhere/module.js');
  });
});
