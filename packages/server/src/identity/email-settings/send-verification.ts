import type { Context, Transaction } from '../../kernel/context.ts';
import type { Account } from '../accounts/account.ts';
import type { EmailSettings } from './email-settings.ts';
import { mailCode } from './mail-code.ts';

/**
 * Mails a code that verifies the address to the address itself; nothing to nobody, or to a mailbox that has had enough,
 * after the same time.
 */
export async function sendVerification(
  ctx: Context,
  tx: Transaction,
  recipient:
    | {
        readonly account: Pick<Account, 'id' | 'login' | 'name'>;
        readonly settings: Pick<EmailSettings, 'email' | 'language'>;
      }
    | undefined,
): Promise<void> {
  const whom = recipient && {
    accountId: recipient.account.id,
    login: recipient.account.login,
    name: recipient.account.name,
    to: recipient.settings.email,
    language: recipient.settings.language,
    proven: false,
  };
  await mailCode(ctx, tx, whom, { kind: 'verify-email', purpose: 'verify-email', page: 'verify-email' });
}
