import type { Context, Transaction } from '../../kernel/context.ts';
import { isoTime } from '../../kernel/time.ts';
import type { Account } from '../accounts/account.ts';
import { queueMail } from '../mails/queue-mail.ts';
import { addressOf } from './email-settings.ts';
import { type Notice, wantsNotice } from './notice.ts';

/**
 * Mails the owner what happened to the account, unless there is no address or the owner turned such mails
 * off.
 */
export async function queueNotice(
  ctx: Context,
  tx: Transaction,
  input: {
    readonly kind: Notice;
    readonly account: Pick<Account, 'id' | 'login' | 'name'>;
    /** What the mail shows besides the login, the time and the link to recovery. */
    readonly values?: Readonly<Record<string, string>>;
  },
): Promise<void> {
  const { kind, account, values } = input;
  const settings = await tx.emailSettings.find(account.id);
  if (settings === undefined || !wantsNotice(settings.subscriptions, kind)) return;
  const { login } = account;
  const time = `${isoTime(ctx.clock.now()).slice(0, 16).replace('T', ' ')} UTC`;
  await queueMail(ctx, tx, {
    kind,
    accountId: account.id,
    ...addressOf(settings),
    name: account.name,
    language: settings.language,
    values: { login, time, link: ctx.links.toPage('recover', { login }), ...values },
  });
}
