import { describe, it } from '@jest/globals';

interface Program {
  readonly name: string;
  readonly isThere: boolean;
  /** Whether continuous integration can always install it: then a run there without it fails. */
  readonly isInstalledInCi: boolean;
}

/** Describes what needs a program that npm does not bring. Where it is missing, the report says that nothing of it was tested. */
export function describeWhere({ name, isThere, isInstalledInCi }: Program, describeAll: () => void): void {
  if (isThere) {
    describeAll();
    return;
  }
  describe(`NOT TESTED HERE: there is no ${name} on this machine`, () => {
    it('is missed where it has to be', () => {
      if (isInstalledInCi && process.env['CI'] === 'true') throw new Error(`CI has to install ${name}`);
      process.stderr.write(`NOT TESTED: what needs ${name}\n`);
    });
  });
}
