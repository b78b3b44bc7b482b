import type { Clock, TimeRange } from '../../kernel/clock/clock.ts';
import type { AccountId } from '../../kernel/ids.ts';
import { codeLife } from '../codes/code.ts';
import type { MailKind } from './mail.ts';

const hour = 3600_000;
/** How long a mail counts. Milliseconds. */
export const countedFor = 24 * hour;

/** The most mails to one mailbox in an hour, however they came about. */
const perHour = 5;
/** Of these, the most for accounts that have not proven the mailbox, where another account has. */
const perHourOfOthers = 3;
/** After this many in a day there is one an hour. */
const perDay = 10;
/** The most mails to one mailbox that are remembered. */
const mostCounted = 100;

/**
 * Who can have a mail sent: `anybody`; `itself`, the account that it goes to; or a `sender` with limits of their own, such
 * as the inviting members of a site, or with the rights of an admin.
 */
const causes: Readonly<Record<MailKind, 'anybody' | 'itself' | 'sender'>> = {
  'verify-email': 'anybody',
  'recover-password': 'anybody',
  'set-password': 'sender',
  'temp-password': 'sender',
  'sign-up-taken': 'anybody',
  invitation: 'sender',
  'join-request': 'anybody',
  'join-approved': 'itself',
  'join-denied': 'itself',
  'added-to-site': 'itself',
  'password-changed': 'itself',
  'password-reset': 'itself',
  'email-changed': 'itself',
  'new-device': 'itself',
};

/** A mail that went to a mailbox. */
export interface SentMail {
  readonly kind: MailKind;
  /** Absent for strangers. */
  readonly accountId?: AccountId | undefined;
  /** Unix milliseconds. */
  readonly time: number;
}

/** A mail that is to be sent, and what is known about its mailbox. */
export interface WantedMail extends Omit<SentMail, 'time'> {
  /** Whether the account has shown access to the mailbox, by a code from it. */
  readonly proven: boolean;
  /** Whether some account has. */
  readonly owned: boolean;
}

/**
 * Whether the mailbox may get the mail, after what it has got. A mailbox that the account has not proven may be a
 * stranger's, so there the limit holds for every mail that somebody can cause; where the account has proven it, only for
 * those that others can cause. And who cannot have a code to recover the account has one in the mailbox that is still
 * good, however many mails strangers ask for.
 */
export function hasRoom(wanted: WantedMail, sent: readonly SentMail[], clock: Clock): boolean {
  const { kind, accountId, proven, owned } = wanted;
  const cause = causes[kind];
  if (cause === 'sender' || (cause === 'itself' && proven)) return true;
  const usual = owned && !proven ? perHourOfOthers : perHour;
  const most = countOf(sent, clock, countedFor) < perDay ? usual : 1;
  if (countOf(sent, clock, hour) < most) return true;
  if (!proven || kind !== 'recover-password') return false;
  const own = sent.filter((mail) => mail.kind === kind && mail.accountId === accountId);
  return countOf(own, clock, codeLife.recover) === 0;
}

/** What is remembered, once the mail was sent. */
export function withMail(sent: readonly SentMail[], mail: SentMail, clock: Clock): SentMail[] {
  const range = clock.since(countedFor);
  return [...sent.filter(({ time }) => isWithin(time, range)), mail].slice(-mostCounted);
}

/** The most addresses to which one account can have codes sent in an hour, by changing its own. */
const changesPerHour = 5;

/** Whether an account may change its address once more. */
export function mayMove(changes: readonly SentMail[], clock: Clock): boolean {
  return countOf(changes, clock, hour) < changesPerHour;
}

function countOf(sent: readonly SentMail[], clock: Clock, age: number): number {
  const range = clock.since(age);
  return sent.filter(({ time }) => isWithin(time, range)).length;
}

function isWithin(time: number, { after, upTo }: TimeRange): boolean {
  return time > after && time <= upTo;
}
