import type { Context } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';
import type { AccountId } from '../../kernel/ids.ts';
import { issueCode } from '../codes/issue-code.ts';
import { safeAddress } from '../email-settings/email-settings.ts';
import { queueMail } from '../mails/queue-mail.ts';

/** 120 bits: no guess is worth counting (NIST SP 800-63B-4, 3.1.2.2). */
const length = 24;

/**
 * Mails the account a password that signs in once, within a day, and is good for choosing a new one alone. A newer one
 * voids the older; the account's own password stays. Throws NOT_FOUND, and CONFLICT for an account that is disabled or
 * has no address.
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
    const { code, expireTime } = await issueCode(ctx, tx, {
      accountId,
      purpose: 'temp-password',
      subject: '',
      code: ctx.ids.code(Math.max(length, ctx.policy.passwordMinLength)),
    });
    await queueMail(ctx, tx, {
      kind: 'temp-password',
      accountId,
      to: safeAddress(settings),
      name,
      language: settings.language,
      values: { login, code, link: ctx.mail.link('reset-password', { login, temp: code }) },
      expireTime,
    });
  });
}
