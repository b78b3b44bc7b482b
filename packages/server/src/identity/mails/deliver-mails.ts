import type { Context } from '../../kernel/context.ts';
import { MailError, type Mailer } from '../../kernel/ports.ts';
import type { Mail } from './mail.ts';
import { openMail } from './open-mail.ts';
import type { MailOutcome } from './store.ts';

const minute = 60_000;
const hour = 60 * minute;

const batch = 10;
/** How long one try may take before another process may try. */
const lease = 5 * minute;
/** A mail that was refused for now is tried so often, and one that could not be handed over for so long. */
const mostAttempts = 12;
const longestWait = 72 * hour;

/** What came of a round. */
export interface Delivery {
  readonly sent: number;
  /** Whether more may be due. */
  readonly more: boolean;
  /** Whether the mail server could not be reached: it is best left alone for a while. */
  readonly unreachable: boolean;
}

/**
 * Sends mails that are due, each at most once unless this process ends between sending one and noting it. One that
 * could not be sent is tried again later, by and by less often; one that is refused for good, or too often, is parked.
 */
export async function deliverMails(ctx: Context, mailer: Mailer): Promise<Delivery> {
  const now = ctx.clock.now();
  const mails = await ctx.transaction((tx) => tx.mails.claim(batch, now, now + lease));
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
  const parked = (failure: string, forget = false): Tried => {
    ctx.logger.warn({ mail: mail.id, kind: mail.kind, failure }, 'a mail is parked');
    return { mail, outcome: { status: 'parked', nextTime: now, failure, forget }, unreachable: false };
  };
  if (mail.expireTime !== undefined && mail.expireTime <= now) return parked('expired', true);
  const content = openMail(ctx, mail);
  if (content === undefined) return parked('cannot be unsealed: it was queued under other keys');
  try {
    await mailer.send({ id: mail.id, kind: mail.kind, ...content });
  } catch (error) {
    const { failure, message } = mailErrorOf(error);
    const worn = failure === 'later' && mail.attempts >= mostAttempts;
    if (failure === 'refused' || worn || now - mail.createTime > longestWait) return parked(message);
    ctx.logger.warn(
      { mail: mail.id, kind: mail.kind, attempt: mail.attempts, failure: message },
      'a mail has to wait',
    );
    const nextTime = now + backOff(mail.attempts, ctx.random());
    const outcome = { status: 'waiting', nextTime, failure: message, forget: false } as const;
    return { mail, outcome, unreachable: failure === 'unreachable' };
  }
  const outcome = { status: 'sent', nextTime: now, sentTime: ctx.clock.now(), forget: true } as const;
  return { mail, outcome, unreachable: false };
}

/** Half a minute after the first try, twice as long after each further one up to an hour; a quarter more or less. */
function backOff(attempts: number, random: number): number {
  const wait = Math.min(hour, (minute / 2) * 2 ** Math.min(attempts - 1, 10));
  return Math.round(wait * (0.75 + random / 2));
}

/** What is no mail server's answer is a fault in the mail itself. */
function mailErrorOf(error: unknown): MailError {
  return error instanceof MailError ? error : new MailError('later', 'it could not be made');
}
