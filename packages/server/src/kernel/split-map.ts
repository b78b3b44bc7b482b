/** How many parts there are. */
const count = 64;
/** The letter of a key that says which part it is in. Of an id each is random, but the last one. */
const letter = 10;

/**
 * A large Map in 64 parts, by a letter of the keys. A single one copies all its entries in one go when it grows, and again
 * when many have been deleted: with 250,000 of them that takes some 15 ms. Each part has its entries in the order in which
 * they were set.
 */
export class SplitMap<Key extends string, Value> {
  readonly #parts = Array.from({ length: count }, () => new Map<Key, Value>());
  #size = 0;
  /** The part from which the next ones are taken. */
  #next = 0;

  get size(): number {
    return this.#size;
  }

  get(key: Key): Value | undefined {
    return this.#partOf(key).get(key);
  }

  set(key: Key, value: Value): void {
    const part = this.#partOf(key);
    const before = part.size;
    part.set(key, value);
    this.#size += part.size - before;
  }

  delete(key: Key): void {
    if (this.#partOf(key).delete(key)) this.#size--;
  }

  /**
   * Deletes at most `most` entries, and returns them: the oldest of one part, then of the next. Of each part it goes up to
   * the first one that is not `ripe`. Begins where the last call ended, so that every part has its turn.
   */
  take(most: number, ripe: (value: Value) => boolean = () => true): Map<Key, Value> {
    const taken = new Map<Key, Value>();
    for (let i = 0; i < count && taken.size < most; i++) {
      const part = this.#parts[this.#next]!;
      this.#next = (this.#next + 1) % count;
      for (const [key, value] of part) {
        if (taken.size === most || !ripe(value)) break;
        taken.set(key, value);
        part.delete(key);
      }
    }
    this.#size -= taken.size;
    return taken;
  }

  #partOf(key: Key): Map<Key, Value> {
    return this.#parts[(key.charCodeAt(letter) || 0) % count]!;
  }
}
