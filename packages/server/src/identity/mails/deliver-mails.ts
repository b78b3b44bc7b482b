import type { Context } from '../../kernel/context.ts';
import { MailError, type Mailer } from '../../kernel/ports.ts';
import type { Mail } from './mail.ts';
import { openMail } from './open-mail.ts';
import type { MailOutcome } from './store.ts';

const minute = 60_000;
const hour = 60 * minute;

const batch = 10;
/** How long one attempt may take before another process may try. */
const lease = 5 * minute;
/**
 * Attempts for a mail that the server refuses for now, and the longest time for one that cannot be handed
 * over.
 */
const maxAttempts = 12;
const maxWait = 72 * hour;
/** Between two attempts, at most. */
const maxPause = hour;

/** The result of one round. */
export interface Delivery {
  readonly sent: number;
  /** Whether more mails may be due. */
  readonly more: boolean;
  /** Whether the mail server could not be reached; the caller should pause. */
  readonly unreachable: boolean;
}

/**
 * Sends mails that are due. Each is sent once, or again if this process dies before it records the outcome. A
 * failed mail is retried later, at growing intervals. One that is refused for good, or too often, is parked.
 */
export async function deliverMails(ctx: Context, mailer: Mailer): Promise<Delivery> {
  const now = ctx.clock.now();
  const holding = { waiting: ctx.clock.holding(1.25 * maxPause), sending: ctx.clock.holding(lease) };
  const mails = await ctx.transaction((tx) => tx.mails.claim(batch, holding, now + lease));
  const outcomes = await Promise.all(mails.map((mail) => deliver(ctx, mailer, mail)));
  await ctx.transaction(async (tx) => {
    for (const { mail, outcome } of outcomes) await tx.mails.settle(mail, outcome);
  });
  return {
    sent: outcomes.filter(({ outcome }) => outcome.status === 'sent').length,
    more: mails.length === batch,
    unreachable: outcomes.some(({ unreachable }) => unreachable),
  };
}

interface Tried {
  readonly mail: Mail;
  readonly outcome: MailOutcome;
  readonly unreachable: boolean;
}

async function deliver(ctx: Context, mailer: Mailer, mail: Mail): Promise<Tried> {
  const now = ctx.clock.now();
  const park = (failure: string, forget = false): Tried => {
    ctx.logger.warn({ mail: mail.id, kind: mail.kind, failure }, 'a mail is parked');
    return { mail, outcome: { status: 'parked', nextTime: now, failure, forget }, unreachable: false };
  };
  if (mail.expireTime !== undefined && mail.expireTime <= now) return park('expired', true);
  const content = openMail(ctx, mail);
  if (content === undefined) return park('cannot be decrypted: it was queued under other keys');
  try {
    await mailer.send({ id: mail.id, kind: mail.kind, ...content });
  } catch (error) {
    const { failure, message } = mailErrorOf(error);
    const isOver = ctx.clock.remaining(mail.createTime + maxWait, maxWait) === 0;
    const exhausted = failure === 'later' && mail.attempts >= maxAttempts;
    if (failure === 'refused' || exhausted || isOver) return park(message);
    ctx.logger.warn(
      { mail: mail.id, kind: mail.kind, attempt: mail.attempts, failure: message },
      'a mail could not be sent and will be tried again',
    );
    const nextTime = now + retryDelay(mail.attempts, ctx.random());
    const outcome = { status: 'waiting', nextTime, failure: message, forget: false } as const;
    return { mail, outcome, unreachable: failure === 'unreachable' };
  }
  const outcome = { status: 'sent', nextTime: now, sentTime: ctx.clock.now(), forget: true } as const;
  return { mail, outcome, unreachable: false };
}

/** Half a minute after the first attempt, doubling up to an hour; then a quarter more or less at random. */
function retryDelay(attempts: number, random: number): number {
  const wait = Math.min(maxPause, (minute / 2) * 2 ** Math.min(attempts - 1, 10));
  return Math.round(wait * (0.75 + random / 2));
}

/** An error that is no answer of a mail server is a fault in the mail itself. */
function mailErrorOf(error: unknown): MailError {
  return error instanceof MailError ? error : new MailError('later', 'it could not be made');
}
