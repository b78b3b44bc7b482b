import type { AccountId, SiteId } from '../../kernel/ids.ts';

/** What is counted: mails to people who are invited or added, and requests to join. */
export type SendKind = 'invite' | 'ask';

/** One thing that makes mails go out. */
export interface Send {
  readonly kind: SendKind;
  readonly siteId: SiteId;
  readonly senderId: AccountId;
  /** To whom: the key of an address, or an account's id. */
  readonly subject: string;
}

/** So many of the kind within the time, in milliseconds, that have these in common. */
export interface SendLimit {
  readonly same: readonly ('siteId' | 'senderId' | 'subject')[];
  readonly within: number;
  readonly most: number;
}

const hour = 3600_000;
const day = 24 * hour;

/** The last two of `invite` are about one mailbox: a site may write to it four times a day, and all sites together ten times. */
export const sendLimits: Readonly<Record<SendKind, readonly SendLimit[]>> = {
  invite: [
    { same: ['senderId'], within: hour, most: 30 },
    { same: ['senderId'], within: day, most: 100 },
    { same: ['siteId'], within: hour, most: 60 },
    { same: ['siteId'], within: day, most: 300 },
    { same: ['siteId', 'subject'], within: day, most: 4 },
    { same: ['subject'], within: day, most: 10 },
  ],
  ask: [
    { same: ['senderId'], within: hour, most: 10 },
    { same: ['siteId'], within: hour, most: 60 },
    { same: ['siteId', 'subject'], within: day, most: 3 },
  ],
};

/** How long a send counts. Milliseconds. */
export const sendsCount = day;
