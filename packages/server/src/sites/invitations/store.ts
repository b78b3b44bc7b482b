import type { AccountId, InvitationId, SiteId } from '../../kernel/ids.ts';
import type { Page, PageRequest } from '../../kernel/pages.ts';
import type { Invitation, InvitationAction, InvitationStatus, StoredStatus } from './invitation.ts';
import type { Send, SendLimit } from './send-limits.ts';

/** To whom invitations are: an account, and the address that its mailbox has proven, by the address's key. */
export interface Addressee {
  readonly accountId: AccountId;
  readonly emailKey?: string;
}

export interface InvitationFilter {
  readonly siteId?: SiteId;
  readonly addressee?: Addressee;
  readonly action?: InvitationAction;
  readonly status?: InvitationStatus;
  /** Part of the invitee's name or address, in any case. */
  readonly search?: string;
}

export interface InvitationReader {
  find(id: InvitationId): Promise<Invitation | undefined>;
  /** By the hash of its code; undefined once that is of no use any more. */
  findByCode(codeHash: string): Promise<Invitation | undefined>;
  /** The site's invitation to the address that was neither taken up nor withdrawn, expired or not. */
  findSent(siteId: SiteId, emailKey: string): Promise<Invitation | undefined>;
  /** The account's request to join the site that can still be decided upon. */
  findAsked(siteId: SiteId, accountId: AccountId, now: number): Promise<Invitation | undefined>;
  /** Newest first. */
  list(filter: InvitationFilter, now: number, page: PageRequest): Promise<Page<Invitation>>;
  /** When the first of the last `most` sends was that count against the limit; undefined when there are fewer. */
  limitedSince(send: Send, limit: SendLimit, now: number): Promise<number | undefined>;
}

/** What is stored of a new invitation; names of the site and the creator are theirs. */
export interface NewInvitation extends Omit<Invitation, 'siteName' | 'creatorName'> {
  readonly codeHash?: string;
}

/** What of an invitation is new when it is sent again. */
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

/** What must be so for it to end like that. */
export interface EndCondition {
  /** Any unless told. */
  readonly action?: InvitationAction;
  /** It has not expired by then. */
  readonly aliveAt?: number;
  readonly codeHash?: string;
}

export interface InvitationStore extends InvitationReader {
  insert(invitation: NewInvitation): Promise<void>;
  /** Sends a pending invitation anew: an older code is void. False when it is not pending any more. */
  renew(id: InvitationId, renewal: Renewal): Promise<boolean>;
  /** Ends a pending invitation, and voids its code, by one conditional write: of several at once, one is told true. */
  end(id: InvitationId, end: InvitationEnd, condition?: EndCondition): Promise<boolean>;
  noteSend(send: Send, time: number): Promise<void>;
  removeOfSite(siteId: SiteId): Promise<void>;
  /**
   * Forgets an account, and the addresses that its mailbox has proven: invitations to it and requests by it, pending
   * ones that it sent, and what was counted. Others that it created stay, and show no name.
   */
  removeOfAccount(accountId: AccountId, emailKeys: readonly string[]): Promise<void>;
  /** Forgets invitations to which nothing has happened since the time. How many. */
  removeOld(before: number, limit: number): Promise<number>;
  /** Forgets what was sent before the time. */
  removeSends(before: number): Promise<void>;
}
