import type { Context, Transaction } from '../../kernel/context.ts';
import type { AccountId } from '../../kernel/ids.ts';
import type { MailContent, MailKind } from './mail.ts';

export interface MailRequest extends MailContent {
  readonly kind: MailKind;
  /** Whom it is about; absent for strangers. */
  readonly accountId?: AccountId;
  /** Unix milliseconds: what it offers ends then. */
  readonly expireTime?: number;
}

/**
 * Puts a mail into the queue, in the transaction of its cause: it is sent if that is committed, and only then. Sealed,
 * because it may hold a code.
 */
export function queueMail(ctx: Context, tx: Transaction, request: MailRequest): Promise<void> {
  const id = ctx.ids.unique();
  ctx.mail.wake();
  return putMail(ctx, tx, id, 'waiting', request);
}

/** Does what `queueMail` does, and takes as long, but no mail will be sent: for what must not show whether there is somebody. */
export function queueNoMail(ctx: Context, tx: Transaction, request: MailRequest): Promise<void> {
  ctx.mail.wake();
  return putMail(ctx, tx, 'nobody', 'parked', request);
}

async function putMail(
  ctx: Context,
  tx: Transaction,
  id: string,
  status: 'waiting' | 'parked',
  request: MailRequest,
): Promise<void> {
  const { kind, accountId, expireTime, ...content } = request;
  const now = ctx.clock.now();
  await tx.mails.put({
    id,
    kind,
    ...(accountId !== undefined && status === 'waiting' && { accountId }),
    createTime: now,
    ...(expireTime !== undefined && { expireTime }),
    status,
    attempts: 0,
    nextTime: now,
    sealed: ctx.mail.box.seal(JSON.stringify(content)),
  });
}
