import type { Context } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';
import type { AccountId } from '../../kernel/ids.ts';
import { addressOf } from '../email-settings/email-settings.ts';
import { mailCode } from '../email-settings/mail-code.ts';

/** 120 bits: guesses need not be counted (NIST SP 800-63B-4, 3.1.2.2). */
const length = 24;

/**
 * Mails a one-time password that is valid for a day and only allows choosing a new password. A newer one voids the older:
 * no stranger can cause one. The account's own password stays. Throws NOT_FOUND, and CONFLICT when the account is
 * disabled or has no address.
 */
export function giveTempPassword(ctx: Context, accountId: AccountId): Promise<void> {
  return ctx.transaction(async (tx) => {
    const account = await tx.accounts.lock(accountId);
    if (account === undefined || account.deleted) throw new AppError('NOT_FOUND');
    const settings = await tx.emailSettings.find(accountId);
    if (!account.active) throw new AppError('CONFLICT', { detail: 'The account is disabled.' });
    if (settings === undefined)
      throw new AppError('CONFLICT', { detail: 'The account has no e-mail address.' });
    const { login, name } = account;
    await tx.codes.remove(accountId, 'temp-password');
    const recipient = { accountId, login, name, language: settings.language, ...addressOf(settings) };
    await mailCode(ctx, tx, recipient, {
      kind: 'temp-password',
      purpose: 'temp-password',
      page: 'reset-password',
      as: 'temp',
      code: ctx.ids.code(Math.max(length, ctx.policy.passwordMinLength)),
    });
  });
}
