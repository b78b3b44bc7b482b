import type { Context, Transaction } from '../../kernel/context.ts';
import type { AccountId } from '../../kernel/ids.ts';
import type { MailKind } from '../mails/mail.ts';
import { queueMail } from '../mails/queue-mail.ts';
import { safeAddress } from './email-settings.ts';

export interface AccountMail {
  readonly kind: MailKind;
  readonly accountId: AccountId;
  readonly values: Readonly<Record<string, string>>;
  readonly expireTime?: number;
}

/** Mails somebody who has an account, in the language of the e-mail settings. False when there is no address. */
export async function mailAccount(ctx: Context, tx: Transaction, mail: AccountMail): Promise<boolean> {
  const account = await tx.accounts.find(mail.accountId);
  const settings = await tx.emailSettings.find(mail.accountId);
  if (account === undefined || settings === undefined) return false;
  const { language } = settings;
  await queueMail(ctx, tx, { ...mail, to: safeAddress(settings), name: account.name, language });
  return true;
}
