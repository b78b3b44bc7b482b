import { lookUpAccount } from '../identity/accounts/find-account.ts';
import { checkCode, useCode } from '../identity/codes/check-code.ts';
import { voidPasswordCodes } from '../identity/codes/void-password-codes.ts';
import { queueNotice } from '../identity/email-settings/queue-notice.ts';
import { checkPasswordFor } from '../identity/passwords/check-password-for.ts';
import { putPassword } from '../identity/passwords/put-password.ts';
import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { cutOffAccount } from '../sessions/end-sessions.ts';

export interface ResetPasswordInput {
  /** A login, a verified e-mail address, or an account's id. */
  readonly login: string;
  readonly code: string;
  readonly password: string;
}

/**
 * Sets a new password with the mailed code and closes all sessions, so that somebody without access to the
 * mailbox is out. The address that got the code becomes verified. A password that is refused leaves the code
 * valid. Throws WRONG_CODE, CODE_EXPIRED, what `checkNewPassword` throws, and UNAVAILABLE.
 */
export async function resetPassword(ctx: Context, input: ResetPasswordInput): Promise<void> {
  const found = await lookUpAccount(ctx, input.login);
  const account = found?.active ? found : undefined;
  const code = await checkCode(ctx, account?.id, 'recover', input.code);
  if (account === undefined) throw new AppError('WRONG_CODE');
  const password = await checkPasswordFor(ctx, account, input.password);
  const hash = await ctx.hasher.hash(password);
  const { accountId } = code;
  await ctx.transaction(async (tx) => {
    const locked = await tx.accounts.lock(accountId);
    if (locked === undefined || !locked.active) throw new AppError('WRONG_CODE');
    await useCode(ctx, tx, code);
    await putPassword(tx, { accountId, hash, changeTime: ctx.clock.now() });
    await voidPasswordCodes(tx, accountId);
    const isProven = await tx.emailSettings.prove(accountId, code.subject);
    if (isProven) await tx.codes.remove(accountId, 'verify-email');
    await queueNotice(ctx, tx, { kind: 'password-reset', account: locked });
    await cutOffAccount(ctx, tx, accountId, 'password-reset');
  });
}
