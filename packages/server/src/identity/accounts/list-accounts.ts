import type { Context } from '../../kernel/context.ts';
import type { Page, PageRequest } from '../../kernel/pages.ts';
import type { Account, AccountFilter } from './account.ts';

/** Accounts, newest first. */
export function listAccounts(
  ctx: Context,
  input: { readonly filter: AccountFilter; readonly page: PageRequest },
): Promise<Page<Account>> {
  return ctx.read.accounts.list(input.filter, input.page);
}
