import type { TimeRange } from '../../kernel/clock/clock.ts';
import type { AccountId } from '../../kernel/ids.ts';
import type { Page, PageRequest } from '../../kernel/pages.ts';
import type { Mail, MailKind, MailStatus } from './mail.ts';

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
  /** How many mails of these kinds were queued for the account within the time. */
  countSince(accountId: AccountId, kinds: readonly MailKind[], within: TimeRange): Promise<number>;
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
  /** Deletes at most `limit` mails that were not queued within the time and will not be sent; returns how many. */
  removeSettled(kept: TimeRange, limit: number): Promise<number>;
}
