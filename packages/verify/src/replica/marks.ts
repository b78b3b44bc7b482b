import { type Clocks, isOver, type Lifetime } from './lifetime.ts';

interface Mark {
  reject: number;
  refresh: number;
  expiresAt: number;
  keepUntil: number;
}

/** What an entry says of a token: it is refused, or it must be renewed. */
export type Action = 'reject' | 'refresh';

/**
 * For subjects that concern many tokens (users, sites): the highest position at which each was refused and made
 * stale. Tokens issued before that position are concerned.
 */
export class Marks<Key> {
  readonly #marks = new Map<Key, Mark>();
  #sweeping: MapIterator<[Key, Mark]> | undefined;

  get size(): number {
    return this.#marks.size;
  }

  set(key: Key, action: Action, seq: number, { expiresAt, keepUntil }: Lifetime): void {
    const mark = this.#marks.get(key);
    if (mark === undefined) {
      this.#marks.set(key, { reject: 0, refresh: 0, expiresAt, keepUntil, [action]: seq });
      return;
    }
    mark[action] = Math.max(mark[action], seq);
    mark.expiresAt = Math.max(mark.expiresAt, expiresAt);
    mark.keepUntil = Math.max(mark.keepUntil, keepUntil);
  }

  find(key: Key, rev: number): Action | undefined {
    const mark = this.#marks.get(key);
    if (mark === undefined || (rev >= mark.reject && rev >= mark.refresh)) return undefined;
    return rev < mark.reject ? 'reject' : 'refresh';
  }

  /** Looks at the next `count` subjects and forgets those that have expired. */
  sweep(count: number, clocks: Clocks): void {
    this.#sweeping ??= this.#marks.entries();
    for (let left = count; left > 0; left -= 1) {
      const next = this.#sweeping.next();
      if (next.done) {
        this.#sweeping = undefined;
        return;
      }
      if (isOver(next.value[1], clocks)) this.#marks.delete(next.value[0]);
    }
  }
}
