import type { Context, Transaction } from '../kernel/context.ts';
import { unixSeconds } from '../kernel/time.ts';
import type { NewEntry } from './entry.ts';

/** Verifiers tolerate clocks that differ by at most this many seconds, so an entry outlives the tokens by it. */
const skewMargin = 120;

/** Appends to the log within a transaction, as its last step; returns the new head. */
export function appendEntries(ctx: Context, tx: Transaction, entries: readonly NewEntry[]): Promise<number> {
  const at = unixSeconds(ctx.clock.now());
  return tx.log.append(entries, at, at + Math.ceil(ctx.policy.tokenTtl / 1000) + skewMargin);
}
