/**
 * Lets work begin a few pieces at a time: no more than `perTurn` in one turn of the event loop, the rest in the order in which they
 * came in the turns after it. Between turns the loop looks at what has arrived, so that work under way goes on, and ends, before more
 * is begun. Where the process has time to spare nobody waits longer than for the loop to go round; where it has none, few pieces are
 * half done at any time, and little of their memory outlives a garbage collection.
 */
export function createTurns(perTurn: number): <Result>(work: () => Promise<Result>) => Promise<Result> {
  let waiting: (() => void)[] = [];
  let begun = 0;

  const next = (): void => {
    const due = waiting.slice(0, perTurn);
    if (due.length > 0) waiting = waiting.slice(perTurn);
    begun = due.length;
    for (const begin of due) begin();
    if (begun > 0) setImmediate(next);
  };

  return (work) => {
    if (begun === 0) setImmediate(next);
    if (begun < perTurn && waiting.length === 0) {
      begun += 1;
      return work();
    }
    begun = Math.max(begun, 1);
    return new Promise((resolve, reject) => {
      waiting.push(() => void work().then(resolve, reject));
    });
  };
}
