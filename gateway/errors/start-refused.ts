/** The gateway cannot start for a reason that an operator can mend; the message says which, and needs no stack. */
export class StartRefused extends Error {
  override readonly name = 'StartRefused';

  /** `what` names the file or the setting; the message of `cause` tells what is wrong with it. */
  constructor(what: string, cause: unknown) {
    super(`${what}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}
