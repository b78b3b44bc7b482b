import type { Clocks, Lifetime } from './lifetime.ts';

/** A slot is six 32-bit words: the id, then expiresAt (0: the slot is empty), then keepUntil. */
const slotWords = 6;
const expiresAtWord = 4;
const keepUntilWord = 5;
const minCapacity = 1024;
const maxLoad = 0.75;
const maxTime = 0xffffffff;

/**
 * The set of ended sessions: an open-addressing hash table in one typed array, 24 bytes a slot, so that a million
 * sessions take 48 MiB and leave nothing for the garbage collector to walk. The ids are random and come from the
 * server, so their first word is the hash.
 */
export class SessionTable {
  #slots: Uint32Array;
  #mask: number;
  #size = 0;
  #cursor = 0;

  constructor(expected = 0) {
    let capacity = minCapacity;
    while (capacity * maxLoad < expected) capacity *= 2;
    this.#slots = new Uint32Array(capacity * slotWords);
    this.#mask = capacity - 1;
  }

  get size(): number {
    return this.#size;
  }

  get bytes(): number {
    return this.#slots.byteLength;
  }

  has(id: Uint32Array): boolean {
    return this.#slots[this.#find(id) + expiresAtWord] !== 0;
  }

  /** Adds an id. One that is already there keeps the longer life. */
  add(id: Uint32Array, { expiresAt, keepUntil }: Lifetime): void {
    if (this.#size >= (this.#mask + 1) * maxLoad) this.#resize((this.#mask + 1) * 2);
    const slots = this.#slots;
    const slot = this.#find(id);
    if (slots[slot + expiresAtWord] === 0) {
      this.#size += 1;
      slots.set(id, slot);
    }
    slots[slot + expiresAtWord] = Math.max(slots[slot + expiresAtWord]!, within(expiresAt));
    slots[slot + keepUntilWord] = Math.max(slots[slot + keepUntilWord]!, within(keepUntil));
  }

  /** Looks at the next `count` slots and forgets the expired ones; shrinks when nearly empty. */
  sweep(count: number, clocks: Clocks): void {
    const slots = this.#slots;
    for (let left = Math.min(count, this.#mask + 1); left > 0; left -= 1) {
      const slot = (this.#cursor & this.#mask) * slotWords;
      const expiresAt = slots[slot + expiresAtWord]!;
      const over =
        expiresAt !== 0 && clocks.server > expiresAt && clocks.monotonic > slots[slot + keepUntilWord]!;
      // Another entry may have moved into the emptied slot: look at it again.
      if (over) this.#remove(this.#cursor & this.#mask);
      else this.#cursor += 1;
    }
    const capacity = this.#mask + 1;
    if (capacity > minCapacity && this.#size < capacity / 8) this.#resize(capacity / 2);
  }

  /** The offset of the slot that holds `id`, or of the empty slot where it belongs. */
  #find(id: Uint32Array, from = 0): number {
    const slots = this.#slots;
    // By index: destructuring an array uses its iterator.
    const a = id[from]!;
    const b = id[from + 1]!;
    const c = id[from + 2]!;
    const d = id[from + 3]!;
    for (let index = a & this.#mask; ; index = (index + 1) & this.#mask) {
      const slot = index * slotWords;
      if (slots[slot + expiresAtWord] === 0) return slot;
      if (slots[slot] === a && slots[slot + 1] === b && slots[slot + 2] === c && slots[slot + 3] === d) {
        return slot;
      }
    }
  }

  /** Closes the hole by moving back what follows, so that no tombstones slow down later look-ups. */
  #remove(index: number): void {
    const slots = this.#slots;
    let hole = index;
    for (
      let next = (hole + 1) & this.#mask;
      slots[next * slotWords + expiresAtWord] !== 0;
      next = (next + 1) & this.#mask
    ) {
      const home = slots[next * slotWords]! & this.#mask;
      if (((next - home) & this.#mask) >= ((next - hole) & this.#mask)) {
        slots.copyWithin(hole * slotWords, next * slotWords, (next + 1) * slotWords);
        hole = next;
      }
    }
    slots.fill(0, hole * slotWords, (hole + 1) * slotWords);
    this.#size -= 1;
  }

  #resize(capacity: number): void {
    const old = this.#slots;
    this.#slots = new Uint32Array(capacity * slotWords);
    this.#mask = capacity - 1;
    this.#cursor = 0;
    for (let slot = 0; slot < old.length; slot += slotWords) {
      if (old[slot + expiresAtWord] === 0) continue;
      const to = this.#find(old, slot);
      for (let word = 0; word < slotWords; word += 1) this.#slots[to + word] = old[slot + word]!;
    }
  }
}

function within(time: number): number {
  return Math.min(maxTime, Math.max(1, Math.ceil(time)));
}
