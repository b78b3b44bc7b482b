import type { Context, Transaction } from '../../kernel/context.ts';
import type { AccountId } from '../../kernel/ids.ts';
import type { MailKind } from '../mails/mail.ts';
import { queueMail } from '../mails/queue-mail.ts';
import { addressOf } from './email-settings.ts';

export interface AccountMail {
  readonly kind: MailKind;
  readonly accountId: AccountId;
  readonly values: Readonly<Record<string, string>>;
  readonly expireTime?: number;
}

/**
 * Queues a mail to the account's owner, in the language of the e-mail settings. False when there is no address, or its
 * mailbox has had enough.
 */
export async function mailAccount(ctx: Context, tx: Transaction, mail: AccountMail): Promise<boolean> {
  const account = await tx.accounts.find(mail.accountId);
  const settings = await tx.emailSettings.find(mail.accountId);
  if (account === undefined || settings === undefined) return false;
  const { language } = settings;
  return queueMail(ctx, tx, { ...mail, ...addressOf(settings), name: account.name, language });
}
