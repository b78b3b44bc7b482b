import { lookUpAccount } from '../identity/accounts/find-account.ts';
import { nobody } from '../identity/codes/code.ts';
import { issueCode } from '../identity/codes/issue-code.ts';
import { sendVerification } from '../identity/email-settings/send-verification.ts';
import { mayBeMailed } from '../identity/mails/mail-limit.ts';
import { queueNoMail } from '../identity/mails/queue-mail.ts';
import type { Context } from '../kernel/context.ts';

/**
 * Mails a new code to an address that is not verified, three times an hour at most. For a login that nobody has, and
 * where there is nothing to verify, as much is done, but no mail goes out.
 */
export async function resendVerification(ctx: Context, input: { readonly login: string }): Promise<void> {
  const found = await lookUpAccount(ctx, input.login);
  await ctx.transaction(async (tx) => {
    const account = await tx.accounts.lock(found?.id ?? nobody);
    const settings = await tx.emailSettings.find(account?.id ?? nobody);
    const allowed = await mayBeMailed(ctx, tx, account?.id ?? nobody, 'verify-email');
    if (account?.active && settings?.verified === false && allowed) {
      await sendVerification(ctx, tx, account, settings);
      return;
    }
    const { code } = await issueCode(ctx, tx, { accountId: nobody, purpose: 'verify-email', subject: '' });
    const login = input.login.slice(0, 254);
    const values = { login, email: '', code, link: ctx.mail.link('verify-email', { login, code }) };
    await queueNoMail(ctx, tx, { kind: 'verify-email', to: '', name: '', language: 'en', values });
  });
}
