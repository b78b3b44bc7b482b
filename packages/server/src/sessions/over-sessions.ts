import type { SessionId } from '../kernel/ids.ts';

/** How many sessions one generation has: some 5 MB. */
const capacity = 50_000;

/**
 * Remembers sessions that are over, the latest 50,000 at least. In two generations: taking the oldest out of one large
 * set again and again would go through all that were taken before.
 */
export class OverSessions {
  #young = new Set<SessionId>();
  #old = new Set<SessionId>();

  has(id: SessionId): boolean {
    return this.#young.has(id) || this.#old.has(id);
  }

  add(id: SessionId): void {
    if (this.#young.size >= capacity) {
      this.#old = this.#young;
      this.#young = new Set();
    }
    this.#young.add(id);
  }
}
