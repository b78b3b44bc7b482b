import type { Account } from '../identity/accounts/account.ts';
import { nobody } from '../identity/codes/code.ts';
import type { EmailSettings } from '../identity/email-settings/email-settings.ts';
import type { MailKind } from '../identity/mails/mail.ts';
import { hasMailsLeft } from '../identity/mails/mail-limit.ts';
import type { Context, Transaction } from '../kernel/context.ts';
import type { AccountId } from '../kernel/ids.ts';

export interface Recipient {
  readonly account: Account;
  readonly settings: EmailSettings;
}

/**
 * Locks the account for a mail that a stranger asked for. Undefined, after the same time, when there is no
 * such account, it is disabled or has no address, or it has had enough mails.
 */
export async function lockRecipient(
  ctx: Context,
  tx: Transaction,
  accountId: AccountId | undefined,
  kind: MailKind,
): Promise<Recipient | undefined> {
  const account = await tx.accounts.lock(accountId ?? nobody);
  const id = account?.id ?? nobody;
  const settings = await tx.emailSettings.find(id);
  const allowed = await hasMailsLeft(ctx, tx, id, kind);
  return account?.active && settings && allowed ? { account, settings } : undefined;
}
