import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import type { AccountId } from '../kernel/ids.ts';
import { appendEntries } from '../revocations/append-entries.ts';
import { keepAnAdmin } from './keep-an-admin.ts';
import { type AccountRoles, adminRole, checkRoles } from './role.ts';

/**
 * Takes roles from the account; it is without them from the next request on, and its older tokens become stale.
 * Throws INVALID_DATA, NOT_FOUND when there is no such account, CONFLICT when no admin would remain.
 */
export function revokeRoles(
  ctx: Context,
  input: { readonly accountId: AccountId; readonly roles: readonly string[] },
): Promise<AccountRoles> {
  const roles = checkRoles(input.roles);
  return ctx.transaction(async (tx) => {
    if (roles.includes(adminRole)) await keepAnAdmin(tx, input.accountId);
    if ((await tx.accounts.lock(input.accountId)) === undefined) throw new AppError('NOT_FOUND');
    const revoked = await tx.roles.revoke(input.accountId, roles, ctx.clock.now());
    const now = await tx.roles.find(input.accountId);
    if (revoked.length > 0) {
      await appendEntries(ctx, tx, [
        { subject: { user: input.accountId }, action: 'refresh', reason: 'roles-changed' },
      ]);
    }
    return now;
  });
}
