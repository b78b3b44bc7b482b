import type { BaseContext } from '../../kernel/context.ts';
import { mergeRuns } from '../../kernel/merge-runs.ts';
import type { Follower } from './follower.ts';

/** How old a list that need not be fresh may be. Milliseconds. */
const maxAge = 40;

/** The followers in the database, where all processes store what they hear. */
export class StoredFollowers {
  readonly #ctx: BaseContext;
  #rows: readonly Follower[] = [];
  #readAt = Number.NEGATIVE_INFINITY;
  readonly #read = mergeRuns(async () => {
    const now = performance.now();
    this.#rows = await this.#ctx.read.followers.list();
    this.#readAt = now;
  });

  constructor(ctx: BaseContext) {
    this.#ctx = ctx;
  }

  /** With `fresh`, by a read that begins after the call; otherwise as of a moment ago. */
  async list(fresh: boolean): Promise<readonly Follower[]> {
    if (fresh || performance.now() - this.#readAt > maxAge) await this.#read();
    return this.#rows;
  }

  /** The last list that was read. */
  get last(): readonly Follower[] {
    return this.#rows;
  }

  /** Drops the last list. */
  forget(): void {
    this.#rows = [];
    this.#readAt = Number.NEGATIVE_INFINITY;
  }
}
