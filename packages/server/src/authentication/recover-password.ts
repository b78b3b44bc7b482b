import { lookUpAccount } from '../identity/accounts/find-account.ts';
import { addressOf } from '../identity/email-settings/email-settings.ts';
import { mailCode } from '../identity/email-settings/mail-code.ts';
import type { Context } from '../kernel/context.ts';
import { lockRecipient } from './lock-recipient.ts';

/**
 * Mails a code to reset the password, as long as the mailbox has room. For an unknown login, an account without an
 * address, and a mailbox that has had enough, it does the same work but sends no mail, so that its time tells nothing.
 */
export async function recoverPassword(ctx: Context, input: { readonly login: string }): Promise<void> {
  const found = await lookUpAccount(ctx, input.login);
  await ctx.transaction(async (tx) => {
    const locked = await lockRecipient(tx, found?.id);
    const recipient = locked && {
      accountId: locked.account.id,
      login: locked.account.login,
      name: locked.account.name,
      language: locked.settings.language,
      ...addressOf(locked.settings),
    };
    const page = 'reset-password';
    await mailCode(ctx, tx, recipient, { kind: 'recover-password', purpose: 'recover', page });
  });
}
