import type { Context, Transaction } from '../../kernel/context.ts';
import { given } from '../../kernel/given.ts';
import type { MailContent } from './mail.ts';
import { type AddressedMail, takeRoom } from './take-room.ts';

export interface MailRequest extends MailContent, AddressedMail {
  /** When the offer in it ends. Unix milliseconds. */
  readonly expireTime?: number;
}

/**
 * Queues a mail in the transaction of its cause, so it is sent only if that commits; it is encrypted, because it may hold
 * a code. Where the mailbox has had enough, nothing is sent, after the same time: false.
 */
export async function queueMail(ctx: Context, tx: Transaction, request: MailRequest): Promise<boolean> {
  const isWanted = await takeRoom(ctx, tx, request);
  await putMail(ctx, tx, request, isWanted);
  return isWanted;
}

/**
 * Takes as long as `queueMail`, but no mail is sent: for answers that must not show whether an account
 * exists.
 */
export async function queueNoMail(ctx: Context, tx: Transaction, request: MailRequest): Promise<void> {
  await takeRoom(ctx, tx, { kind: request.kind, to: '', proven: false });
  await putMail(ctx, tx, request, false);
}

/** Queues a mail for which there is room; one that is not wanted is stored in nobody's name, and never sent. */
export async function putMail(
  ctx: Context,
  tx: Transaction,
  request: MailRequest,
  isWanted: boolean,
): Promise<void> {
  const { kind, accountId, expireTime, to, name, language, values } = request;
  const now = ctx.clock.now();
  ctx.wakeMails();
  await tx.mails.put({
    id: isWanted ? ctx.ids.unique() : 'nobody',
    kind,
    createTime: now,
    ...given({ accountId: isWanted ? accountId : undefined, expireTime }),
    status: isWanted ? 'waiting' : 'parked',
    attempts: 0,
    nextTime: now,
    sealed: ctx.mailBox.seal(JSON.stringify({ to, name, language, values })),
  });
}
