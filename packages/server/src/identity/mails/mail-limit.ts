import type { Context, Transaction } from '../../kernel/context.ts';
import type { AccountId } from '../../kernel/ids.ts';
import type { MailKind } from './mail.ts';

const hour = 3600_000;

/** The most mails to one account that anybody can trigger. */
const perHour = 3;
const perDay = 10;

/** Whether the account may get one more mail of a kind that a stranger can ask for. */
export async function hasMailsLeft(
  ctx: Context,
  tx: Transaction,
  accountId: AccountId,
  kind: MailKind,
): Promise<boolean> {
  const lastHour = await tx.mails.countSince(accountId, [kind], ctx.clock.since(hour));
  const lastDay = await tx.mails.countSince(accountId, [kind], ctx.clock.since(24 * hour));
  return lastHour < perHour && lastDay < perDay;
}
