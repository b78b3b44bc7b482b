import { setImmediate as turn } from 'node:timers/promises';
import type { Context } from '../kernel/context.ts';
import type { AccountId } from '../kernel/ids.ts';
import type { WholeAccount } from './store.ts';

/** How many accounts are read at once. */
const portion = 250;

/**
 * Exports all accounts except deleted ones, in the order of their ids, in portions. An account that is
 * created meanwhile may be missing.
 */
export async function* exportAccounts(ctx: Context): AsyncGenerator<readonly WholeAccount[]> {
  let after: AccountId | undefined;
  for (;;) {
    const accounts = await ctx.read.importExport.listWhole(after, portion);
    if (accounts.length > 0) yield accounts;
    if (accounts.length < portion) return;
    after = accounts.at(-1)!.account.id;
    await turn();
  }
}
