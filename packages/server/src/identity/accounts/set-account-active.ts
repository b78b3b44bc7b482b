import type { Context } from '../../kernel/context.ts';
import type { AccountId } from '../../kernel/ids.ts';
import type { Account } from './account.ts';
import { updateAccount } from './update-account.ts';

/**
 * Lets an account sign in, or no longer: disabling it closes all of its sessions. Throws NOT_FOUND, and CONFLICT
 * when it is the last admin.
 */
export function setAccountActive(
  ctx: Context,
  input: { readonly accountId: AccountId; readonly active: boolean },
): Promise<Account> {
  return updateAccount(ctx, { accountId: input.accountId, changes: { active: input.active } });
}
