import { lookUpAccount } from '../identity/accounts/find-account.ts';
import { nobody } from '../identity/codes/code.ts';
import { issueCode } from '../identity/codes/issue-code.ts';
import { sendVerification } from '../identity/email-settings/send-verification.ts';
import { queueNoMail } from '../identity/mails/queue-mail.ts';
import type { Context } from '../kernel/context.ts';
import { lockRecipient } from './lock-recipient.ts';

/**
 * Mails a new code to an address that is not verified, at most three times an hour. For an unknown login, or
 * with nothing to verify, it does the same work but sends no mail.
 */
export async function resendVerification(ctx: Context, input: { readonly login: string }): Promise<void> {
  const found = await lookUpAccount(ctx, input.login);
  await ctx.transaction(async (tx) => {
    const recipient = await lockRecipient(ctx, tx, found?.id, 'verify-email');
    if (recipient && !recipient.settings.verified) {
      await sendVerification(ctx, tx, recipient.account, recipient.settings);
      return;
    }
    const { code } = await issueCode(ctx, tx, { accountId: nobody, purpose: 'verify-email', subject: '' });
    const login = input.login.slice(0, 254);
    const values = { login, email: '', code, link: ctx.links.toPage('verify-email', { login, code }) };
    await queueNoMail(ctx, tx, { kind: 'verify-email', to: '', name: '', language: 'en', values });
  });
}
