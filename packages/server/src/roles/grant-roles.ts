import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import type { AccountId } from '../kernel/ids.ts';
import { appendEntries } from '../revocations/append-entries.ts';
import { type AccountRoles, checkRoles } from './role.ts';

/**
 * Gives the account roles; it has them from the next request on, and its older tokens become stale. Throws
 * INVALID_DATA, and NOT_FOUND when there is no such account.
 */
export function grantRoles(
  ctx: Context,
  input: { readonly accountId: AccountId; readonly roles: readonly string[] },
): Promise<AccountRoles> {
  const roles = checkRoles(input.roles);
  return ctx.transaction(async (tx) => {
    if ((await tx.accounts.lock(input.accountId)) === undefined) throw new AppError('NOT_FOUND');
    const granted = await tx.roles.grant(input.accountId, roles, ctx.clock.now());
    const now = await tx.roles.find(input.accountId);
    if (granted.length > 0) {
      await appendEntries(ctx, tx, [
        { subject: { user: input.accountId }, action: 'refresh', reason: 'roles-changed' },
      ]);
    }
    return now;
  });
}
