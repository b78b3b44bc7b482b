import type { BaseContext, Transaction } from '../kernel/context.ts';
import { unixSeconds } from '../kernel/time.ts';
import type { NewEntry } from './entry.ts';

/** An entry outlives the tokens by the most that a verifier's clock may differ. Seconds. */
const skewMargin = 120;

/** Appends to the log, as the last step of a transaction. Returns the new head. */
export function appendEntries(
  ctx: BaseContext,
  tx: Transaction,
  entries: readonly NewEntry[],
): Promise<number> {
  const at = unixSeconds(ctx.clock.now());
  return tx.log.append(entries, at, at + entryLife(ctx));
}

/** How long an entry is kept. Seconds. */
export function entryLife({ policy }: Pick<BaseContext, 'policy'>): number {
  return Math.ceil(policy.tokenTtl / 1000) + skewMargin;
}
