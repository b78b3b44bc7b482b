import type { Account } from '../../identity/accounts/account.ts';
import type { Transaction } from '../../kernel/context.ts';
import type { AccountId } from '../../kernel/ids.ts';

/** Holds accounts until the transaction ends, in the order of their ids, so that two of these never wait for each other. */
export async function lockAccounts(
  tx: Transaction,
  ids: readonly AccountId[],
): Promise<Map<AccountId, Account>> {
  const accounts = new Map<AccountId, Account>();
  for (const id of [...new Set(ids)].sort((a, b) => Number(a) - Number(b))) {
    const account = await tx.accounts.lock(id);
    if (account !== undefined) accounts.set(id, account);
  }
  return accounts;
}
