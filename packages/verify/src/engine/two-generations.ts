/**
 * A bounded map of two generations. When the young one is full, it becomes the old one, and entries that nobody
 * looked up meanwhile are dropped. A look-up changes only counters, unlike a list in order of use.
 */
export class TwoGenerations<Value> {
  readonly #half: number;
  #young = new Map<string, Value>();
  #old = new Map<string, Value>();
  #hits = 0;
  #misses = 0;

  /** Keeps at most `size` entries; 0 keeps none. */
  constructor(size: number) {
    this.#half = Math.floor(size / 2);
  }

  get size(): number {
    return this.#young.size + this.#old.size;
  }

  get hits(): number {
    return this.#hits;
  }

  get misses(): number {
    return this.#misses;
  }

  get(key: string): Value | undefined {
    const value = this.#young.get(key) ?? this.#promote(key);
    if (value === undefined) this.#misses += 1;
    else this.#hits += 1;
    return value;
  }

  set(key: string, value: Value): void {
    if (this.#half === 0) return;
    if (this.#young.size >= this.#half && !this.#young.has(key)) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#old.delete(key);
    this.#young.set(key, value);
  }

  clear(): void {
    this.#young.clear();
    this.#old.clear();
  }

  #promote(key: string): Value | undefined {
    const value = this.#old.get(key);
    if (value !== undefined) this.set(key, value);
    return value;
  }
}
