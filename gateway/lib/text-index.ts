/** So few texts are found without a table as fast. */
const FEW = 8;
/** What the table has room for at first; a power of two. */
const FIRST_SLOTS = 64;
const NONE = new Int32Array(0);

/** How many places of others a text may be looked up at on the average; the first texts together may be at more. */
const PLACES_PER_TEXT = 8;
const FIRST_PLACES = 1_000;

/**
 * Numbers texts by the order in which they first come. For a `Map`, V8 has to go through the whole of each text that is new to it: here
 * a few characters tell most texts apart. Whoever chooses texts that these do not tell apart gets a `Map`.
 */
export class TextIndex {
  readonly #texts: string[] = [];
  /** By text. */
  #hashes = NONE;
  /** The number of a text and one more, at the place of its hash or behind it; 0 where there is none. */
  #slots = NONE;
  #placesOfOthers = 0;
  #map: Map<string, number> | undefined;

  /** All texts, by their numbers. */
  get texts(): readonly string[] {
    return this.#texts;
  }

  /** Gives the number of a text, which has got one from then on. */
  numberOf(text: string): number {
    if (this.#slots.length === 0) return this.#oneOfFew(text);
    if (this.#map !== undefined) return this.#mappedNumberOf(this.#map, text);
    const hash = hashOf(text);
    const [slots, texts] = [this.#slots, this.#texts];
    const mask = slots.length - 1;
    let slot = hash & mask;
    for (let taken = slots[slot] ?? 0; taken !== 0; taken = slots[slot] ?? 0) {
      if (this.#hashes[taken - 1] === hash && texts[taken - 1] === text) return taken - 1;
      this.#placesOfOthers += 1;
      slot = (slot + 1) & mask;
    }
    const number = texts.length;
    texts[number] = text;
    slots[slot] = number + 1;
    this.#hashes[number] = hash;
    if (this.#placesOfOthers > FIRST_PLACES + PLACES_PER_TEXT * texts.length)
      this.#map = new Map(texts.map(withNumber));
    else if (texts.length === this.#hashes.length) this.#makeRoom(4 * slots.length);
    return number;
  }

  #oneOfFew(text: string): number {
    const texts = this.#texts;
    for (let number = 0; number < texts.length; number += 1) if (texts[number] === text) return number;
    texts[texts.length] = text;
    if (texts.length === FEW) this.#makeRoom(FIRST_SLOTS);
    return texts.length - 1;
  }

  #mappedNumberOf(map: Map<string, number>, text: string): number {
    const known = map.get(text);
    if (known !== undefined) return known;
    map.set(text, this.#texts.length);
    return this.#texts.push(text) - 1;
  }

  #makeRoom(slotCount: number): void {
    const slots = new Int32Array(slotCount);
    const hashes = new Int32Array(slotCount / 2);
    this.#texts.forEach((text, number) => {
      const hash = hashOf(text);
      let slot = hash & (slotCount - 1);
      while (slots[slot] !== 0) slot = (slot + 1) & (slotCount - 1);
      slots[slot] = number + 1;
      hashes[number] = hash;
    });
    [this.#slots, this.#hashes] = [slots, hashes];
  }
}

function withNumber(text: string, number: number): [string, number] {
  return [text, number];
}

/** Of a longer text, so many characters at its end count, one at its beginning and one in its middle. */
const END = 6;

function hashOf(text: string): number {
  const { length } = text;
  let hash = length;
  for (let at = Math.max(0, length - END); at < length; at += 1) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0;
  if (length > END) hash = Math.imul(Math.imul(hash, 31) + text.charCodeAt(0), 31) + text.charCodeAt(length >> 1);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return hash ^ (hash >>> 13);
}
