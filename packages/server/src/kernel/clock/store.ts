import type { SetBack } from './clock.ts';

export interface ClockReader {
  /** The latest time that is known to be stored, and when some process first found the clock behind it. */
  find(): Promise<{ readonly latest: number; readonly to?: number }>;
}

export interface ClockStore extends ClockReader {
  /** Tells other processes, and later ones; undefined once nothing lies ahead any more. */
  save(setBack: SetBack | undefined): Promise<void>;
  /**
   * Moves times that lie after `ahead`, of what outlasts an hour, to `to`, and the ends of waits that began then by as
   * much; at most `limit` rows. Returns how many.
   */
  settle(range: { readonly ahead: number; readonly to: number }, limit: number): Promise<number>;
}
