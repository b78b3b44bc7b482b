import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import type { AccountId } from '../kernel/ids.ts';
import { keepAnAdmin } from '../roles/keep-an-admin.ts';
import { endSessions } from '../sessions/end-sessions.ts';
import type { Account } from './account.ts';

/**
 * Lets an account sign in, or no longer: disabling it closes all of its sessions. Throws NOT_FOUND, and CONFLICT
 * when it is the last admin.
 */
export function setAccountActive(
  ctx: Context,
  input: { readonly accountId: AccountId; readonly active: boolean },
): Promise<Account> {
  return ctx.transaction(async (tx) => {
    if (!input.active) await keepAnAdmin(tx, input.accountId);
    const account = await tx.accounts.lock(input.accountId);
    if (account === undefined) throw new AppError('NOT_FOUND');
    const changed = { ...account, active: input.active };
    await tx.accounts.update(changed);
    if (!input.active) await endSessions(ctx, tx, { accountId: account.id }, 'account-disabled');
    return changed;
  });
}
