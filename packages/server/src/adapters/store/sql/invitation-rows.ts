import type { Insertable } from 'kysely';
import { emailKeyOf } from '../../../kernel/email-address.ts';
import { accountIdOf, type InvitationId, type SiteId } from '../../../kernel/ids.ts';
import type { Invitation, InvitationAction, StoredStatus } from '../../../sites/invitations/invitation.ts';
import type { SendKind } from '../../../sites/invitations/send-limits.ts';
import type { NewInvitation } from '../../../sites/invitations/store.ts';
import { searchKeyOf } from './search.ts';

export interface InvitationRow {
  id: number;
  action: InvitationAction;
  status: StoredStatus;
  site_id: string;
  role: string;
  create_time: number;
  /** When it was last sent, approved, denied or ended. */
  update_time: number;
  creator_id: number;
  sender_id: number;
  invitee_name: string;
  invitee_email: string | null;
  /** The address in lower case. */
  email_key: string | null;
  /** The invitee's name and address, folded, for `search`. */
  search_key: string;
  invitee_id: number | null;
  sent_time: number | null;
  expire_time: number | null;
  /** Null when the code can no longer be used. */
  code_hash: string | null;
}

/** An invitation that was mailed, or a request to join, kept as long as it counts towards a limit. */
export interface InvitationSendRow {
  kind: SendKind;
  site_id: string;
  sender_id: number;
  /** The recipient: an address in lower case, or an account's id. */
  subject: string;
  time: number;
}

/** The row of a new invitation. */
export function toInvitationRow(invitation: NewInvitation): Insertable<InvitationRow> {
  const { createTime, sentTime, inviteeName, inviteeEmail, inviteeId } = invitation;
  const emailKey = inviteeEmail === undefined ? null : emailKeyOf(inviteeEmail);
  return {
    id: Number(invitation.id),
    action: invitation.action,
    status: invitation.status,
    site_id: invitation.siteId,
    role: invitation.role,
    create_time: createTime,
    update_time: sentTime ?? createTime,
    creator_id: Number(invitation.creatorId),
    sender_id: Number(invitation.senderId),
    invitee_name: inviteeName,
    invitee_email: inviteeEmail ?? null,
    email_key: emailKey,
    search_key: searchKeyOf(inviteeName, emailKey ?? ''),
    invitee_id: inviteeId === undefined ? null : Number(inviteeId),
    sent_time: sentTime ?? null,
    expire_time: invitation.expireTime ?? null,
    code_hash: invitation.codeHash ?? null,
  };
}

/** The invitation that a row holds, with the names of its site and of who made it. */
export function toInvitation(
  row: InvitationRow & { site_name: string; creator_name: string | null },
): Invitation {
  return {
    id: String(row.id) as InvitationId,
    action: row.action,
    status: row.status,
    siteId: row.site_id as SiteId,
    siteName: row.site_name,
    role: row.role,
    createTime: row.create_time,
    creatorId: accountIdOf(row.creator_id),
    creatorName: row.creator_name ?? '',
    senderId: accountIdOf(row.sender_id),
    inviteeName: row.invitee_name,
    ...(row.invitee_email !== null && { inviteeEmail: row.invitee_email }),
    ...(row.invitee_id !== null && { inviteeId: accountIdOf(row.invitee_id) }),
    ...(row.sent_time !== null && { sentTime: row.sent_time }),
    ...(row.expire_time !== null && { expireTime: row.expire_time }),
  };
}
