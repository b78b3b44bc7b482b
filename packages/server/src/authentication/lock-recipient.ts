import type { Account } from '../identity/accounts/account.ts';
import { nobody } from '../identity/codes/code.ts';
import type { EmailSettings } from '../identity/email-settings/email-settings.ts';
import type { Transaction } from '../kernel/context.ts';
import type { AccountId } from '../kernel/ids.ts';

export interface LockedAccount {
  readonly account: Account;
  readonly settings: EmailSettings;
}

/**
 * Locks the account for a mail that a stranger asked for. Undefined, after the same time, when there is no
 * such account, or it is disabled or has no address.
 */
export async function lockRecipient(
  tx: Transaction,
  accountId: AccountId | undefined,
): Promise<LockedAccount | undefined> {
  const account = await tx.accounts.lock(accountId ?? nobody);
  const settings = await tx.emailSettings.find(account?.id ?? nobody);
  return account?.active && settings ? { account, settings } : undefined;
}
