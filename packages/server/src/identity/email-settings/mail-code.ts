import type { Context, Transaction } from '../../kernel/context.ts';
import { given } from '../../kernel/given.ts';
import type { AccountId } from '../../kernel/ids.ts';
import { type CodePurpose, nobody } from '../codes/code.ts';
import { issueCode } from '../codes/issue-code.ts';
import type { MailKind } from '../mails/mail.ts';
import { putMail } from '../mails/queue-mail.ts';
import { takeRoom } from '../mails/take-room.ts';

/** Whom a code is mailed to. */
export interface Recipient {
  readonly accountId: AccountId;
  readonly login: string;
  readonly name: string;
  readonly to: string;
  readonly language: string;
  /** Whether the account has shown access to the mailbox. */
  readonly proven: boolean;
}

/** A code to be mailed. */
export interface Offer {
  readonly kind: MailKind;
  readonly purpose: CodePurpose;
  /** The page on which it can be used. */
  readonly page: string;
  /** The name by which the page knows it: `code` by default. */
  readonly as?: 'code' | 'temp';
  /** The code itself; random by default. */
  readonly code?: string;
  /** Milliseconds. The lifetime of its purpose by default. */
  readonly life?: number;
}

/**
 * Makes a code and mails it; those that were mailed before stay good. For nobody, and where the mailbox has had enough,
 * the same is done in the name of account 0 and nothing is sent, so that the time does not tell which: false.
 */
export async function mailCode(
  ctx: Context,
  tx: Transaction,
  recipient: Recipient | undefined,
  offer: Offer,
): Promise<boolean> {
  const { kind, purpose, page, as = 'code', code: chosen, life } = offer;
  const isWanted = await takeRoom(ctx, tx, { kind, ...(recipient ?? noRecipient) });
  const isSent = isWanted && recipient !== undefined;
  const { login, ...whom } = isSent ? recipient : noRecipient;
  const { accountId, to } = whom;
  const made = given({ accountId, purpose, subject: to, code: chosen, life });
  const { code, expireTime } = await issueCode(ctx, tx, made);
  const values = { login, email: to, code, link: ctx.links.toPage(page, { login, [as]: code }) };
  await putMail(ctx, tx, { kind, ...whom, values, expireTime }, isSent);
  return isSent;
}

const noRecipient: Recipient = {
  accountId: nobody,
  login: '',
  name: '',
  to: '',
  language: 'en',
  proven: false,
};
