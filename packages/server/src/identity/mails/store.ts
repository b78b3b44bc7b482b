import type { AccountId } from '../../kernel/ids.ts';
import type { Page, PageRequest } from '../../kernel/pages.ts';
import type { Mail, MailKind, MailStatus } from './mail.ts';

/** What becomes of a mail that was tried. */
export interface MailOutcome {
  readonly status: Exclude<MailStatus, 'sending'>;
  readonly nextTime: number;
  readonly sentTime?: number;
  readonly failure?: string;
  /** Whether its content is forgotten. */
  readonly forget: boolean;
}

export interface MailFilter {
  readonly accountId?: AccountId;
  readonly status?: MailStatus;
}

export interface MailReader {
  /** Newest first. */
  list(filter: MailFilter, page: PageRequest): Promise<Page<Mail>>;
  /** How many mails of these kinds were queued for the account since the time. */
  countSince(accountId: AccountId, kinds: readonly MailKind[], time: number): Promise<number>;
}

export interface MailStore extends MailReader {
  /** In the place of one with the same id. */
  put(mail: Mail): Promise<void>;
  /** Takes up to so many mails that are due for whoever calls, who has until `lease`; nobody else is given them before. */
  claim(limit: number, now: number, lease: number): Promise<Mail[]>;
  /** Notes what became of a mail that was claimed. False when somebody else has claimed it since. */
  settle(mail: Mail, outcome: MailOutcome): Promise<boolean>;
  /** Lets a parked mail be tried again. False when there is none by the id. */
  retry(id: string, now: number): Promise<boolean>;
  /** Forgets the account's mails. */
  removeOf(accountId: AccountId): Promise<void>;
  /** Forgets mails that were queued before the time and will not be sent. How many. */
  removeSettled(before: number, limit: number): Promise<number>;
}
