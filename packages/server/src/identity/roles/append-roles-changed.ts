import type { Context, Transaction } from '../../kernel/context.ts';
import type { AccountId } from '../../kernel/ids.ts';
import { appendEntries } from '../../log/append-entries.ts';

/**
 * Appends the change of an account's roles to the log: its older tokens become stale. Call it as the
 * transaction's last step.
 */
export async function appendRolesChanged(ctx: Context, tx: Transaction, accountId: AccountId): Promise<void> {
  await appendEntries(ctx, tx, [
    { subject: { user: accountId }, action: 'refresh', reason: 'roles-changed' },
  ]);
}
