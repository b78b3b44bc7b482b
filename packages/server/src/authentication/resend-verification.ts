import { lookUpAccount } from '../identity/accounts/find-account.ts';
import { sendVerification } from '../identity/email-settings/send-verification.ts';
import type { Context } from '../kernel/context.ts';
import { lockRecipient } from './lock-recipient.ts';

/**
 * Mails a new code to an address that is not verified, as long as the mailbox has room. For an unknown login, or with
 * nothing to verify, it does the same work but sends no mail.
 */
export async function resendVerification(ctx: Context, input: { readonly login: string }): Promise<void> {
  const found = await lookUpAccount(ctx, input.login);
  await ctx.transaction(async (tx) => {
    const recipient = await lockRecipient(tx, found?.id);
    await sendVerification(ctx, tx, recipient?.settings.verified ? undefined : recipient);
  });
}
