import { lookUpAccount } from '../identity/accounts/find-account.ts';
import { checkCode, useCode } from '../identity/codes/check-code.ts';
import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';

/**
 * Notes that the account's mailbox has proven itself by the code that was mailed to it. Throws CODE_EXPIRED, and
 * WRONG_CODE also for the code of an address that the account had before.
 */
export async function verifyEmail(
  ctx: Context,
  input: { readonly login: string; readonly code: string },
): Promise<void> {
  const found = await lookUpAccount(ctx, input.login);
  const account = found?.active ? found : undefined;
  const code = await checkCode(ctx, account?.id, 'verify-email', input.code);
  await ctx.transaction(async (tx) => {
    await tx.accounts.lock(code.accountId);
    await useCode(ctx, tx, code);
    if (!(await tx.emailSettings.prove(code.accountId, code.subject))) throw new AppError('WRONG_CODE');
  });
}
