import type { TimeRange } from '../../kernel/clock/clock.ts';
import type { AccountId, InvitationId, SiteId } from '../../kernel/ids.ts';
import type { Page, PageRequest } from '../../kernel/pages.ts';
import type { Invitation, InvitationAction, InvitationStatus, StoredStatus } from './invitation.ts';
import type { Send, SendLimit } from './send-limits.ts';

/** The recipient of invitations: an account, and the key of its verified address. */
export interface Addressee {
  readonly accountId: AccountId;
  readonly emailKey?: string;
}

export interface InvitationFilter {
  readonly siteId?: SiteId;
  readonly addressee?: Addressee;
  readonly action?: InvitationAction;
  readonly status?: InvitationStatus;
  /** Part of the invitee's name or address, case-insensitive. */
  readonly search?: string;
}

/** The ends of pending invitations and requests that are not over. */
export type Alive = Readonly<Record<'activate' | 'approve', TimeRange>>;

export interface InvitationReader {
  find(id: InvitationId): Promise<Invitation | undefined>;
  /** By the hash of its code; undefined once the code is void. */
  findByCode(codeHash: string): Promise<Invitation | undefined>;
  /** The site's invitation to the address that was neither accepted nor withdrawn, expired or not. */
  findSent(siteId: SiteId, emailKey: string): Promise<Invitation | undefined>;
  /** The account's pending request to join the site. */
  findAsked(siteId: SiteId, accountId: AccountId, alive: TimeRange): Promise<Invitation | undefined>;
  /** Newest first. */
  list(filter: InvitationFilter, alive: Alive, page: PageRequest): Promise<Page<Invitation>>;
  /** The time of the first of the last `most` sends under the limit; undefined when there are fewer. */
  limitedSince(send: Send, limit: SendLimit, within: TimeRange): Promise<number | undefined>;
}

/** A new invitation as it is stored; the names of site and creator are read from their rows. */
export interface NewInvitation extends Omit<Invitation, 'siteName' | 'creatorName'> {
  readonly codeHash?: string;
}

/** What changes when an invitation is sent again. */
export type Renewal = Required<
  Pick<NewInvitation, 'role' | 'senderId' | 'inviteeName' | 'sentTime' | 'expireTime' | 'codeHash'>
>;

/** How a pending invitation ends. */
export interface InvitationEnd {
  readonly status: Exclude<StoredStatus, 'pending' | 'notified'>;
  readonly time: number;
  readonly role?: string;
  readonly invitee?: { readonly id: AccountId; readonly name: string };
}

/** What must hold for that end. */
export interface EndCondition {
  /** Any by default. */
  readonly action?: InvitationAction;
  /** Its end is within this time. */
  readonly alive?: TimeRange;
  readonly codeHash?: string;
}

export interface InvitationStore extends InvitationReader {
  insert(invitation: NewInvitation): Promise<void>;
  /** Renews a pending invitation; an older code is void. False when it is no longer pending. */
  renew(id: InvitationId, renewal: Renewal): Promise<boolean>;
  /**
   * Ends a pending invitation and voids its code by one conditional write: of several calls at once, one gets
   * true.
   */
  end(id: InvitationId, end: InvitationEnd, condition?: EndCondition): Promise<boolean>;
  noteSend(send: Send, time: number): Promise<void>;
  removeOfSite(siteId: SiteId): Promise<void>;
  /**
   * Deletes what concerns an account and its verified addresses: invitations to it, its requests, pending
   * invitations that it sent, and its sends. Other invitations that it created stay, without a name.
   */
  removeOfAccount(accountId: AccountId, emailKeys: readonly string[]): Promise<void>;
  /** Deletes at most `limit` invitations that have not changed within the time; returns how many. */
  removeOld(kept: TimeRange, limit: number): Promise<number>;
  /** Deletes sends that are not within the time. */
  removeSends(kept: TimeRange): Promise<void>;
}
