/**
 * Makes what lets connections rest: for a whole turn of the event loop, in which whatever the other side had sent is read. Bytes behind a
 * response, or the end of the connection, are found then, and not taken for the answer to the next request. `onRested` is told of all
 * that have rested.
 */
export function createRest<Item>(onRested: (item: Item) => void): (item: Item) => void {
  let begun: Item[] = [];
  let halfWay: Item[] = [];

  // Comes at the end of a turn: those that began in it have not been through the reading of the next.
  function turn(): void {
    const over = halfWay;
    halfWay = begun;
    begun = [];
    if (halfWay.length > 0) setImmediate(turn);
    over.forEach(onRested);
  }

  return (item) => {
    begun.push(item);
    if (begun.length + halfWay.length === 1) setImmediate(turn);
  };
}
