import type { Context, Transaction } from '../../kernel/context.ts';
import { given } from '../../kernel/given.ts';
import type { AccountId } from '../../kernel/ids.ts';
import type { MailContent, MailKind } from './mail.ts';

export interface MailRequest extends MailContent {
  readonly kind: MailKind;
  /** The account that it is about; absent for strangers. */
  readonly accountId?: AccountId;
  /** When the offer in it ends. Unix milliseconds. */
  readonly expireTime?: number;
}

/**
 * Queues a mail in the transaction of its cause, so it is sent only if that commits. It is encrypted, because
 * it may hold a code.
 */
export function queueMail(ctx: Context, tx: Transaction, request: MailRequest): Promise<void> {
  const id = ctx.ids.unique();
  ctx.wakeMails();
  return putMail(ctx, tx, id, 'waiting', request);
}

/**
 * Takes as long as `queueMail`, but no mail is sent: for answers that must not show whether an account
 * exists.
 */
export function queueNoMail(ctx: Context, tx: Transaction, request: MailRequest): Promise<void> {
  ctx.wakeMails();
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
    createTime: now,
    ...given({ accountId: status === 'waiting' ? accountId : undefined, expireTime }),
    status,
    attempts: 0,
    nextTime: now,
    sealed: ctx.mailBox.seal(JSON.stringify(content)),
  });
}
