/** When a signing key starts to sign; its successor's start is its end. */
export interface KeyTimes {
  readonly kid: string;
  readonly signsFrom: Date;
}

export interface KeyPolicy {
  /** How long a key signs. */
  readonly rotationMs: number;
  /** How long a key is published before it signs: longer than every instance and every verifier takes to notice it. */
  readonly publishAheadMs: number;
  /** How long a key stays published after its last signature: longer than a token lives. */
  readonly retireAfterMs: number;
}

/** The key that signs at an instant: of those that have started, the last. Keys come in the order of their start. */
export function signingAt<Key extends KeyTimes>(keys: readonly Key[], at: Date): Key | undefined {
  return keys.findLast(({ signsFrom }) => signsFrom <= at);
}

/** Keys whose last token has ended. */
export function outlivedAt(keys: readonly KeyTimes[], at: Date, { retireAfterMs }: KeyPolicy): readonly string[] {
  return keys
    .filter((_, index) => {
      const successor = keys[index + 1];
      return successor !== undefined && successor.signsFrom.getTime() + retireAfterMs <= at.getTime();
    })
    .map(({ kid }) => kid);
}

/**
 * When the next new key has to start, if one has to be made now: at once while none signs, otherwise when the last one's time is
 * over or somebody `asked` for a new one, and never sooner than it has been published long enough.
 */
export function nextStart(
  keys: readonly KeyTimes[],
  at: Date,
  policy: KeyPolicy & { asked: boolean },
): Date | undefined {
  const last = keys.at(-1);
  if (last === undefined || signingAt(keys, at) === undefined) return at;
  if (last.signsFrom > at) return undefined;
  const earliest = at.getTime() + policy.publishAheadMs;
  const due = last.signsFrom.getTime() + policy.rotationMs;
  return policy.asked || due <= earliest ? new Date(Math.max(earliest, policy.asked ? earliest : due)) : undefined;
}
