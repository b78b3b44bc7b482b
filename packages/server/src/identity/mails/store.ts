import type { TimeRange } from '../../kernel/clock/clock.ts';
import type { AccountId } from '../../kernel/ids.ts';
import type { Page, PageRequest } from '../../kernel/pages.ts';
import type { Mail, MailStatus } from './mail.ts';
import type { SentMail } from './mail-limit.ts';

/** The outcome of an attempt. */
export interface MailOutcome {
  readonly status: Exclude<MailStatus, 'sending'>;
  readonly nextTime: number;
  readonly sentTime?: number;
  readonly failure?: string;
  /** Whether the content is deleted. */
  readonly forget: boolean;
}

export interface MailFilter {
  readonly accountId?: AccountId;
  readonly status?: MailStatus;
}

export interface MailReader {
  /** Newest first. */
  list(filter: MailFilter, page: PageRequest): Promise<Page<Mail>>;
}

export interface MailStore extends MailReader {
  /** Replaces a mail with the same id. */
  put(mail: Mail): Promise<void>;
  /**
   * Takes at most `limit` mails that are due: those that wait, and those whose sender did not settle them, unless the time
   * of their next attempt is one that holds. No other caller gets them until `lease`.
   */
  claim(
    limit: number,
    holding: { readonly waiting: TimeRange; readonly sending: TimeRange },
    lease: number,
  ): Promise<Mail[]>;
  /** Records the outcome of a claimed mail. False when another caller has claimed it since. */
  settle(mail: Mail, outcome: MailOutcome): Promise<boolean>;
  /** Makes a parked mail due again. False when no parked mail has the id. */
  retry(id: string, now: number): Promise<boolean>;
  /** Makes every mail that waits for another try due now. */
  hurry(now: number): Promise<void>;
  /** Deletes the account's mails. */
  removeOf(accountId: AccountId): Promise<void>;
  /**
   * Deletes at most `limit` mails that were not over within the time: sent, given up, or no longer of use because the
   * offer in them had ended. Returns how many.
   */
  removeOver(kept: TimeRange, limit: number): Promise<number>;
}

/** What was mailed to each mailbox in the last day. Its `mark` stands for an address that is not stored here. */
export interface MailboxStore {
  /** Locks the mailbox until the transaction ends; returns what was saved last. */
  lock(mark: string): Promise<readonly SentMail[]>;
  /** Saves a mailbox that is locked. */
  save(mark: string, sent: readonly SentMail[], now: number): Promise<void>;
  /** Deletes at most `limit` mailboxes that were not saved within the time; returns how many. */
  removeOld(kept: TimeRange, limit: number): Promise<number>;
}
