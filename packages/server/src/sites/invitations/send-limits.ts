import type { AccountId, SiteId } from '../../kernel/ids.ts';

/** What is counted: mails to people who are invited or added, and requests to join. */
export type SendKind = 'invite' | 'ask';

/** One event that sends mails. */
export interface Send {
  readonly kind: SendKind;
  readonly siteId: SiteId;
  readonly senderId: AccountId;
  /** The recipient: the key of an address, or an account's id. */
  readonly subject: string;
}

/** At most `most` sends that agree in the fields `same`, within this many milliseconds. */
export interface SendLimit {
  readonly same: readonly ('siteId' | 'senderId' | 'subject')[];
  readonly within: number;
  readonly most: number;
}

const hour = 3600_000;
const day = 24 * hour;

/**
 * The last three of `invite` protect a mailbox: one site may write to it four times a day, all sites together five times
 * an hour and ten times a day.
 */
export const sendLimits: Readonly<Record<SendKind, readonly SendLimit[]>> = {
  invite: [
    { same: ['senderId'], within: hour, most: 30 },
    { same: ['senderId'], within: day, most: 100 },
    { same: ['siteId'], within: hour, most: 60 },
    { same: ['siteId'], within: day, most: 300 },
    { same: ['siteId', 'subject'], within: day, most: 4 },
    { same: ['subject'], within: hour, most: 5 },
    { same: ['subject'], within: day, most: 10 },
  ],
  ask: [
    { same: ['senderId'], within: hour, most: 10 },
    { same: ['siteId'], within: hour, most: 60 },
    { same: ['siteId', 'subject'], within: day, most: 3 },
  ],
};

/** How long a send counts. Milliseconds. */
export const keepSends = day;
