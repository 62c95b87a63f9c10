import { describe, it } from '@jest/globals';

/**
 * Describes what needs a program that npm does not bring. Where it is missing, the report says that nothing of it was tested; in
 * continuous integration, which installs it, that is a failure.
 */
export function describeWhere(isThere: boolean, program: string, describeAll: () => void): void {
  if (isThere) {
    describeAll();
    return;
  }
  describe(`NOT TESTED HERE: there is no ${program} on this machine`, () => {
    it(`is installed in continuous integration`, () => {
      if (process.env['CI'] === 'true') throw new Error(`CI has to install ${program}`);
      process.stderr.write(`NOT TESTED: what needs ${program}\n`);
    });
  });
}
