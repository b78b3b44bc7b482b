import type { BaseContext } from '../../kernel/context.ts';
import { mergeRuns } from '../../kernel/merge-runs.ts';
import type { Follower } from './follower.ts';

/** How old a list may be where it need not be fresh. Milliseconds. */
const maxAge = 40;

/** The followers that the database tells of, which is what all processes have heard. */
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

  /** `fresh`: by a read that begins after the call; otherwise of a moment ago. */
  async list(fresh: boolean): Promise<readonly Follower[]> {
    if (fresh || performance.now() - this.#readAt > maxAge) await this.#read();
    return this.#rows;
  }

  /** What was read last. */
  get last(): readonly Follower[] {
    return this.#rows;
  }

  /** What was read counts no longer. */
  forget(): void {
    this.#rows = [];
    this.#readAt = Number.NEGATIVE_INFINITY;
  }
}
