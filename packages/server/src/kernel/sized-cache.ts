interface Cached<Value> {
  readonly value: Value;
  readonly size: number;
}

/**
 * A cache that is bounded in bytes. It has two generations: when the young one has half of the bytes it becomes the old
 * one, and what was old is dropped. A look-up changes nothing, so nothing stays for longer than two turns.
 */
export class SizedCache<Key, Value> {
  readonly #half: number;
  #young = new Map<Key, Cached<Value>>();
  #old = new Map<Key, Cached<Value>>();
  #youngBytes = 0;
  #oldBytes = 0;

  /** `maxBytes` is how much the values may take together. One that takes more than half of it is never kept. */
  constructor(maxBytes: number) {
    this.#half = Math.floor(maxBytes / 2);
  }

  get size(): number {
    return this.#young.size + this.#old.size;
  }

  /** What the values take together, by what was said when they were set. */
  get bytes(): number {
    return this.#youngBytes + this.#oldBytes;
  }

  get(key: Key): Value | undefined {
    return (this.#young.get(key) ?? this.#old.get(key))?.value;
  }

  /** Keeps a value that takes `size` bytes, with its key. */
  set(key: Key, value: Value, size: number): void {
    this.delete(key);
    if (size > this.#half) return;
    if (this.#youngBytes + size > this.#half) this.turn();
    this.#young.set(key, { value, size });
    this.#youngBytes += size;
  }

  delete(key: Key): void {
    this.#youngBytes -= remove(this.#young, key);
    this.#oldBytes -= remove(this.#old, key);
  }

  /** Deletes those whose value is one of these. */
  deleteWhere(isOne: (value: Value) => boolean): void {
    for (const generation of [this.#young, this.#old]) {
      for (const [key, { value }] of generation) if (isOne(value)) this.delete(key);
    }
  }

  /** Drops what was there before the last turn. */
  turn(): void {
    this.#old = this.#young;
    this.#oldBytes = this.#youngBytes;
    this.#young = new Map();
    this.#youngBytes = 0;
  }

  clear(): void {
    this.turn();
    this.turn();
  }
}

/** Returns the bytes that are free now. */
function remove<Key>(generation: Map<Key, Cached<unknown>>, key: Key): number {
  const size = generation.get(key)?.size ?? 0;
  generation.delete(key);
  return size;
}
