import type { Context } from '../kernel/context.ts';
import type { AccountId } from '../kernel/ids.ts';
import type { WholeAccount } from './store.ts';

/** Accounts that are read at once. */
const portion = 500;

/** All accounts but deleted ones, in the order of their ids, in portions. One that is made meanwhile may be missing. */
export async function* exportAccounts(ctx: Context): AsyncGenerator<readonly WholeAccount[]> {
  let after: AccountId | undefined;
  for (;;) {
    const accounts = await ctx.read.importExport.listWhole(after, portion);
    if (accounts.length > 0) yield accounts;
    if (accounts.length < portion) return;
    after = accounts.at(-1)!.account.id;
  }
}
