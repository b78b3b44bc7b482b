import type { Context, Transaction } from '../../kernel/context.ts';
import type { AccountId } from '../../kernel/ids.ts';
import type { MailKind } from './mail.ts';

const hour = 3600_000;

/** So many mails that anybody can cause go to one account. */
const perHour = 3;
const perDay = 10;

/** Whether the account may be sent one more mail of a kind that a stranger can ask for. */
export async function mayBeMailed(
  ctx: Context,
  tx: Transaction,
  accountId: AccountId,
  kind: MailKind,
): Promise<boolean> {
  const now = ctx.clock.now();
  const lastHour = await tx.mails.countSince(accountId, [kind], now - hour);
  const lastDay = await tx.mails.countSince(accountId, [kind], now - 24 * hour);
  return lastHour < perHour && lastDay < perDay;
}
