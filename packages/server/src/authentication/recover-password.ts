import { lookUpAccount } from '../identity/accounts/find-account.ts';
import { nobody } from '../identity/codes/code.ts';
import { issueCode } from '../identity/codes/issue-code.ts';
import { safeAddress } from '../identity/email-settings/email-settings.ts';
import { mayBeMailed } from '../identity/mails/mail-limit.ts';
import { queueMail, queueNoMail } from '../identity/mails/queue-mail.ts';
import type { Context } from '../kernel/context.ts';

/**
 * Mails a code to reset the password with, three times an hour at most. For a login that nobody has, an account without
 * an address, and one that had its mails, the same is done in the same time, but no mail goes out.
 */
export async function recoverPassword(ctx: Context, input: { readonly login: string }): Promise<void> {
  const found = await lookUpAccount(ctx, input.login);
  await ctx.transaction(async (tx) => {
    const account = await tx.accounts.lock(found?.id ?? nobody);
    const settings = await tx.emailSettings.find(account?.id ?? nobody);
    const allowed = await mayBeMailed(ctx, tx, account?.id ?? nobody, 'recover-password');
    const known = account?.active === true && settings !== undefined && allowed;
    const accountId = known ? account.id : nobody;
    const to = known ? safeAddress(settings) : '';
    const { code, expireTime } = await issueCode(ctx, tx, { accountId, purpose: 'recover', subject: to });
    const login = account?.login ?? input.login.slice(0, 254);
    await (known ? queueMail : queueNoMail)(ctx, tx, {
      kind: 'recover-password',
      accountId,
      to,
      name: account?.name ?? '',
      language: settings?.language ?? 'en',
      values: { login, code, link: ctx.mail.link('reset-password', { login, code }) },
      expireTime,
    });
  });
}
