import { lookUpAccount } from '../identity/accounts/find-account.ts';
import { nobody } from '../identity/codes/code.ts';
import { issueCode } from '../identity/codes/issue-code.ts';
import { safeAddress } from '../identity/email-settings/email-settings.ts';
import { queueMail, queueNoMail } from '../identity/mails/queue-mail.ts';
import type { Context } from '../kernel/context.ts';
import { lockRecipient } from './lock-recipient.ts';

/**
 * Mails a code to reset the password, at most three times an hour. For an unknown login, an account without
 * an address, and one over the limit, it does the same work but sends no mail, so that its time tells
 * nothing.
 */
export async function recoverPassword(ctx: Context, input: { readonly login: string }): Promise<void> {
  const found = await lookUpAccount(ctx, input.login);
  await ctx.transaction(async (tx) => {
    const recipient = await lockRecipient(ctx, tx, found?.id, 'recover-password');
    const accountId = recipient?.account.id ?? nobody;
    const to = recipient ? safeAddress(recipient.settings) : '';
    const { code, expireTime } = await issueCode(ctx, tx, { accountId, purpose: 'recover', subject: to });
    const login = recipient?.account.login ?? input.login.slice(0, 254);
    await (recipient ? queueMail : queueNoMail)(ctx, tx, {
      kind: 'recover-password',
      accountId,
      to,
      name: recipient?.account.name ?? '',
      language: recipient?.settings.language ?? 'en',
      values: { login, code, link: ctx.links.toPage('reset-password', { login, code }) },
      expireTime,
    });
  });
}
