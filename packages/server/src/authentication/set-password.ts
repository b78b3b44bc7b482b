import { voidPasswordCodes } from '../identity/codes/void-password-codes.ts';
import { queueNotice } from '../identity/email-settings/queue-notice.ts';
import { checkPasswordFor } from '../identity/passwords/check-password-for.ts';
import { putPassword } from '../identity/passwords/put-password.ts';
import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import type { AccountId } from '../kernel/ids.ts';
import { cutOffAccount } from '../sessions/end-sessions.ts';

/**
 * Sets a password as an operator, who knows no old one: whether or not there was one, and although it was locked. Codes
 * that could set another one are void, all sessions of the account are closed, and its owner is told by mail. Returns how
 * many sessions were closed. Throws NOT_FOUND, what `checkNewPassword` throws, and UNAVAILABLE.
 */
export async function setPassword(
  ctx: Context,
  input: { readonly accountId: AccountId; readonly password: string },
): Promise<number> {
  const { accountId } = input;
  const owner = await ctx.read.accounts.find(accountId);
  if (owner === undefined) throw new AppError('NOT_FOUND');
  const password = await checkPasswordFor(ctx, owner, input.password);
  const hash = await ctx.hasher.hash(password);
  return ctx.transaction(async (tx) => {
    const account = await tx.accounts.lock(accountId);
    if (account === undefined) throw new AppError('NOT_FOUND');
    await putPassword(tx, { accountId, hash, changeTime: ctx.clock.now() });
    await voidPasswordCodes(tx, accountId);
    await queueNotice(ctx, tx, { kind: 'password-changed', account });
    const { ended } = await cutOffAccount(ctx, tx, accountId, 'password-reset');
    return ended.length;
  });
}
