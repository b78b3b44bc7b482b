import type { Transaction } from '../../kernel/context.ts';
import type { AccountId } from '../../kernel/ids.ts';

/** Voids every code by which a password could be chosen: a new one was chosen just now. */
export async function voidPasswordCodes(tx: Transaction, accountId: AccountId): Promise<void> {
  for (const purpose of ['recover', 'temp-password', 'temp-session'] as const) {
    await tx.codes.remove(accountId, purpose);
  }
}
