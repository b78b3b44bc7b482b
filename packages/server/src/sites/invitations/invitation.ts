import type { AccountId, InvitationId, SiteId } from '../../kernel/ids.ts';

/**
 * What an invitation is for: `activate` is taken up by the invitee, `approve` is a request to join that somebody of the
 * site decides upon, `notify` tells somebody who was put on the site at once.
 */
export const invitationActions = ['activate', 'approve', 'notify'] as const;
export type InvitationAction = (typeof invitationActions)[number];

/**
 * Where it stands. `pending`: it waits to be taken up, or decided upon. `activated`: it was taken up. `approved` and
 * `denied`: the request was. `withdrawn`: it was taken back. `notified`: there was nothing to wait for. `expired`:
 * nobody did anything in time.
 */
export const invitationStatuses = [
  'pending',
  'activated',
  'approved',
  'denied',
  'withdrawn',
  'notified',
  'expired',
] as const;
export type InvitationStatus = (typeof invitationStatuses)[number];

/** As it is stored: that the time has run out is seen when it is read. */
export type StoredStatus = Exclude<InvitationStatus, 'expired'>;

/** An invitation to a site. Times are unix milliseconds. */
export interface Invitation {
  readonly id: InvitationId;
  readonly action: InvitationAction;
  readonly status: StoredStatus;
  readonly siteId: SiteId;
  /** The site's name now. */
  readonly siteName: string;
  /** The role's name, without the site's id. */
  readonly role: string;
  readonly createTime: number;
  readonly creatorId: AccountId;
  /** The creator's name now; empty for an account that was deleted. */
  readonly creatorName: string;
  /** Who sent it last, and answers for it. */
  readonly senderId: AccountId;
  readonly inviteeName: string;
  readonly inviteeEmail?: string;
  /** Whom it is known to be about: who asked, was added, or took it up. */
  readonly inviteeId?: AccountId;
  readonly sentTime?: number;
  readonly expireTime?: number;
}

const day = 24 * 3600_000;

/** How long an invitation can be taken up, and a request be decided upon. Milliseconds. */
export const invitationLife = { activate: 7 * day, approve: 30 * day } as const;

/** How long after the last thing that happened to it an invitation is kept. Milliseconds. */
export const keepInvitations = 90 * day;

/** Where the invitation stands at that time. */
export function statusAt(
  { status, expireTime }: Pick<Invitation, 'status' | 'expireTime'>,
  now: number,
): InvitationStatus {
  return status === 'pending' && expireTime !== undefined && expireTime <= now ? 'expired' : status;
}
