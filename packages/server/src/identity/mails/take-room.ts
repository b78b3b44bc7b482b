import type { Context, Transaction } from '../../kernel/context.ts';
import { emailKeyOf } from '../../kernel/email-address.ts';
import { AppError } from '../../kernel/errors.ts';
import type { AccountId } from '../../kernel/ids.ts';
import type { MailKind } from './mail.ts';
import { hasRoom, mayMove, withMail } from './mail-limit.ts';

export interface AddressedMail {
  readonly kind: MailKind;
  readonly accountId?: AccountId | undefined;
  /** The address; empty for nobody's. */
  readonly to: string;
  /** Whether the account has shown access to the mailbox, by a code from it. */
  readonly proven: boolean;
}

/**
 * Counts a mail to a mailbox, if it has room for it: see `hasRoom`. The mailbox stays locked until the transaction ends, so
 * that the limit holds for all instances together. Takes the same time with room and without.
 */
export async function takeRoom(ctx: Context, tx: Transaction, mail: AddressedMail): Promise<boolean> {
  const { kind, accountId, to, proven } = mail;
  const key = emailKeyOf(to);
  const mark = ctx.mailBox.mark(key);
  const sent = await tx.mailboxes.lock(mark);
  const owned = await tx.emailSettings.isProven(key);
  const now = ctx.clock.now();
  const allowed = hasRoom({ kind, accountId, proven, owned }, sent, ctx.clock);
  const counted = withMail(sent, { kind, accountId, time: now }, ctx.clock);
  await tx.mailboxes.save(mark, allowed ? counted : sent, now);
  return allowed;
}

/**
 * Counts a change of the account's address, which has a code sent to whatever address it names. Throws TOO_MANY_REQUESTS.
 */
export async function countMove(ctx: Context, tx: Transaction, accountId: AccountId): Promise<void> {
  // No address has a blank.
  const mark = ctx.mailBox.mark(`changes of ${accountId}`);
  const changes = await tx.mailboxes.lock(mark);
  if (!mayMove(changes, ctx.clock)) throw new AppError('TOO_MANY_REQUESTS', { retryAfter: 3600 });
  const time = ctx.clock.now();
  await tx.mailboxes.save(mark, withMail(changes, { kind: 'verify-email', time }, ctx.clock), time);
}
