/** A queue that takes at one end and gives at the other, in constant time however long it is. */
export interface Fifo<Item> {
  readonly length: number;
  push(item: Item): void;
  /** Takes the oldest item out. */
  shift(): Item | undefined;
  /** The item at a place, counted from the oldest. */
  at(place: number): Item | undefined;
}

/** Below this many places given out, moving the rest is not worth its while. */
const MIN_GIVEN = 32;

/** Builds an empty queue. */
export function createFifo<Item>(): Fifo<Item> {
  let items: (Item | undefined)[] = [];
  let given = 0;
  return {
    get length() {
      return items.length - given;
    },
    push: (item) => void items.push(item),
    shift() {
      if (given === items.length) return undefined;
      const item = items[given];
      items[given] = undefined;
      given += 1;
      if (given >= MIN_GIVEN && given * 2 >= items.length) {
        items = items.slice(given);
        given = 0;
      }
      return item;
    },
    at: (place) => items[given + place],
  };
}
