import type { Clocks, Lifetime } from './lifetime.ts';

// A slot is six 32-bit words: the id, then expiresAt (0: the slot is empty), then keepUntil.
const SLOT = 6;
const EXPIRES_AT = 4;
const KEEP_UNTIL = 5;
const MIN_CAPACITY = 1024;
const MAX_LOAD = 0.75;
const MAX_TIME = 0xffffffff;

/**
 * The set of ended sessions: an open-addressing hash table in one typed array, 24 bytes a slot,
 * so that a million of them take 48 MiB and nothing for the garbage collector to walk. The ids are
 * random, from the server, so their own first word is the hash.
 */
export class SessionTable {
  #slots: Uint32Array;
  #mask: number;
  #size = 0;
  #cursor = 0;

  constructor(expected = 0) {
    let capacity = MIN_CAPACITY;
    while (capacity * MAX_LOAD < expected) capacity *= 2;
    this.#slots = new Uint32Array(capacity * SLOT);
    this.#mask = capacity - 1;
  }

  get size(): number {
    return this.#size;
  }

  get bytes(): number {
    return this.#slots.byteLength;
  }

  has(id: Uint32Array): boolean {
    return this.#slots[this.#find(id) + EXPIRES_AT] !== 0;
  }

  /** Adds an id; one that is there already keeps the longer life. */
  add(id: Uint32Array, { expiresAt, keepUntil }: Lifetime): void {
    if (this.#size >= (this.#mask + 1) * MAX_LOAD) this.#resize((this.#mask + 1) * 2);
    const slots = this.#slots;
    const slot = this.#find(id);
    if (slots[slot + EXPIRES_AT] === 0) {
      this.#size += 1;
      slots.set(id, slot);
    }
    slots[slot + EXPIRES_AT] = Math.max(slots[slot + EXPIRES_AT] as number, within(expiresAt));
    slots[slot + KEEP_UNTIL] = Math.max(slots[slot + KEEP_UNTIL] as number, within(keepUntil));
  }

  /** Looks at the next `count` slots and forgets those that are over; shrinks when nearly empty. */
  sweep(count: number, clocks: Clocks): void {
    const slots = this.#slots;
    for (let left = Math.min(count, this.#mask + 1); left > 0; left -= 1) {
      const slot = (this.#cursor & this.#mask) * SLOT;
      const expiresAt = slots[slot + EXPIRES_AT] as number;
      const over =
        expiresAt !== 0 &&
        clocks.server > expiresAt &&
        clocks.monotonic > (slots[slot + KEEP_UNTIL] as number);
      // Another entry may have moved into the emptied slot: look at it again.
      if (over) this.#remove(this.#cursor & this.#mask);
      else this.#cursor += 1;
    }
    const capacity = this.#mask + 1;
    if (capacity > MIN_CAPACITY && this.#size < capacity / 8) this.#resize(capacity / 2);
  }

  // The offset of the slot that holds `id`, or of the empty one where it belongs.
  #find(id: Uint32Array, from = 0): number {
    const slots = this.#slots;
    // By index: taking an array apart goes by way of its iterator.
    const a = id[from] as number;
    const b = id[from + 1] as number;
    const c = id[from + 2] as number;
    const d = id[from + 3] as number;
    for (let index = a & this.#mask; ; index = (index + 1) & this.#mask) {
      const slot = index * SLOT;
      if (slots[slot + EXPIRES_AT] === 0) return slot;
      if (slots[slot] === a && slots[slot + 1] === b && slots[slot + 2] === c && slots[slot + 3] === d) {
        return slot;
      }
    }
  }

  // Closes the hole by moving back what follows, so no tombstones slow down later look-ups.
  #remove(index: number): void {
    const slots = this.#slots;
    let hole = index;
    for (
      let next = (hole + 1) & this.#mask;
      slots[next * SLOT + EXPIRES_AT] !== 0;
      next = (next + 1) & this.#mask
    ) {
      const home = (slots[next * SLOT] as number) & this.#mask;
      if (((next - home) & this.#mask) >= ((next - hole) & this.#mask)) {
        slots.copyWithin(hole * SLOT, next * SLOT, (next + 1) * SLOT);
        hole = next;
      }
    }
    slots.fill(0, hole * SLOT, (hole + 1) * SLOT);
    this.#size -= 1;
  }

  #resize(capacity: number): void {
    const old = this.#slots;
    this.#slots = new Uint32Array(capacity * SLOT);
    this.#mask = capacity - 1;
    this.#cursor = 0;
    for (let slot = 0; slot < old.length; slot += SLOT) {
      if (old[slot + EXPIRES_AT] === 0) continue;
      const to = this.#find(old, slot);
      for (let word = 0; word < SLOT; word += 1) this.#slots[to + word] = old[slot + word] as number;
    }
  }
}

function within(time: number): number {
  return Math.min(MAX_TIME, Math.max(1, Math.ceil(time)));
}
