import type { Clock } from '../../kernel/clock/clock.ts';
import type { AccountId, InvitationId, SiteId } from '../../kernel/ids.ts';
import type { Alive } from './store.ts';

/**
 * What an invitation is for: an `activate` is accepted by the invitee, an `approve` is a request to join that
 * the site's managers decide, a `notify` tells a person who was added to the site at once.
 */
export const invitationActions = ['activate', 'approve', 'notify'] as const;
export type InvitationAction = (typeof invitationActions)[number];

/**
 * Its state. `pending`: it waits to be accepted or decided. `activated`: it was accepted. `approved` and
 * `denied`: the request was decided. `withdrawn`: it was taken back. `notified`: there was nothing to wait
 * for. `expired`: nobody acted in time.
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

/** The stored state: expiry is computed when it is read. */
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
  /** Who sent it last, and is responsible for it. */
  readonly senderId: AccountId;
  readonly inviteeName: string;
  readonly inviteeEmail?: string;
  /** The account that it is about, once known: who asked, was added, or accepted it. */
  readonly inviteeId?: AccountId;
  readonly sentTime?: number;
  readonly expireTime?: number;
}

const day = 24 * 3600_000;

/** How long an invitation can be accepted, and a request decided; a notice waits for nothing. Milliseconds. */
export const invitationLife = { activate: 7 * day, approve: 30 * day, notify: 0 } as const;

/** Which ends are not over now. */
export function aliveInvitations(clock: Clock): Alive {
  const { activate, approve } = invitationLife;
  return { activate: clock.holding(activate), approve: clock.holding(approve) };
}

/** How long an invitation is kept after its last change. Milliseconds. */
export const keepInvitations = 90 * day;

/** The invitation's state now. */
export function statusOf(
  { action, status, expireTime }: Pick<Invitation, 'action' | 'status' | 'expireTime'>,
  clock: Clock,
): InvitationStatus {
  if (status !== 'pending' || expireTime === undefined) return status;
  return clock.remaining(expireTime, invitationLife[action]) === 0 ? 'expired' : status;
}
