import type { Context, Transaction } from '../../kernel/context.ts';
import type { Account } from '../accounts/account.ts';
import { issueCode } from '../codes/issue-code.ts';
import { queueMail } from '../mails/queue-mail.ts';
import type { EmailSettings } from './email-settings.ts';

/** Mails a code to the account's address, with which its mailbox proves itself. A newer code voids the older. */
export async function sendVerification(
  ctx: Context,
  tx: Transaction,
  account: Pick<Account, 'id' | 'login' | 'name'>,
  { email, language }: Pick<EmailSettings, 'email' | 'language'>,
): Promise<void> {
  const { id: accountId, login, name } = account;
  const { code, expireTime } = await issueCode(ctx, tx, {
    accountId,
    purpose: 'verify-email',
    subject: email,
  });
  const link = ctx.mail.link('verify-email', { login, code });
  const values = { login, email, link, code };
  await queueMail(ctx, tx, {
    kind: 'verify-email',
    accountId,
    to: email,
    name,
    language,
    values,
    expireTime,
  });
}
