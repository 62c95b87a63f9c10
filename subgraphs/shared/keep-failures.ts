/**
 * Makes the function of a rule answer with what it would throw: graphql-shield takes a rule that throws for a refusal, and a
 * database that fails must not read like one.
 */
export function keepFailures<Args extends unknown[], Verdict>(
  decide: (...args: Args) => Promise<Verdict>,
): (...args: Args) => Promise<Verdict | Error> {
  return async (...args) => {
    try {
      return await decide(...args);
    } catch (cause) {
      return cause instanceof Error ? cause : new Error('a rule failed', { cause });
    }
  };
}
