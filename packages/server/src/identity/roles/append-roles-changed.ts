import type { Context, Transaction } from '../../kernel/context.ts';
import type { AccountId } from '../../kernel/ids.ts';
import { appendEntries } from '../../log/append-entries.ts';

/** Puts the change of an account's roles in the log, as the transaction's last step: its older tokens become stale. */
export async function appendRolesChanged(ctx: Context, tx: Transaction, accountId: AccountId): Promise<void> {
  await appendEntries(ctx, tx, [
    { subject: { user: accountId }, action: 'refresh', reason: 'roles-changed' },
  ]);
}
