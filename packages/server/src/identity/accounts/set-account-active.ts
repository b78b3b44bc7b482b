import type { Context } from '../../kernel/context.ts';
import type { AccountId } from '../../kernel/ids.ts';
import type { Account } from './account.ts';
import { updateAccount } from './update-account.ts';

/**
 * Enables or disables an account. Disabling closes all its sessions. Throws NOT_FOUND, and CONFLICT for the
 * last admin.
 */
export function setAccountActive(
  ctx: Context,
  input: { readonly accountId: AccountId; readonly active: boolean },
): Promise<Account> {
  return updateAccount(ctx, { accountId: input.accountId, changes: { active: input.active } });
}
