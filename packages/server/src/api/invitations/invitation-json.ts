import { type Static, Type } from '@sinclair/typebox';
import { isoTime } from '../../kernel/time.ts';
import {
  type Invitation,
  invitationActions,
  invitationStatuses,
  statusAt,
} from '../../sites/invitations/invitation.ts';

const Time = Type.String({ description: 'ISO 8601, UTC' });

export const InvitationAction = Type.Union(
  invitationActions.map((action) => Type.Literal(action)),
  {
    description:
      '`activate`: the invitee takes it up. `approve`: a request to join, which the site decides upon. `notify`: the invitee was put on the site at once, and told.',
  },
);

export const InvitationStatus = Type.Union(
  invitationStatuses.map((status) => Type.Literal(status)),
  {
    description:
      '`pending`: waits to be taken up or decided upon. `activated`: taken up. `approved`, `denied`: the request was. `withdrawn`: taken back. `notified`: the invitee was told. `expired`: nobody did anything in time.',
  },
);

/** The name of a role, without its site. */
export const RoleName = Type.String({
  pattern: '^[A-Za-z0-9_-]{1,64}$',
  description: "Without the site's id: user, manager, admin, or any other. A manager gives user and manager.",
});

export const InvitationSchema = Type.Object(
  {
    id: Type.String(),
    action: InvitationAction,
    site_id: Type.String(),
    site_name: Type.String(),
    role: Type.String({ description: "Without the site's id." }),
    create_time: Time,
    creator_id: Type.String(),
    creator_name: Type.String({ description: 'Empty where the account was deleted.' }),
    invitee_name: Type.String(),
    invitee_email: Type.Optional(Type.String()),
    invitee_id: Type.Optional(Type.String({ description: 'Who asked, was added, or took it up.' })),
    sent_time: Type.Optional(Time),
    expire_time: Type.Optional(Time),
    status: InvitationStatus,
  },
  { $id: 'Invitation', title: 'Invitation' },
);

/** An invitation as part A shows it at that time. It never holds the code. */
export function invitationJson(invitation: Invitation, now: number): Static<typeof InvitationSchema> {
  const { inviteeEmail, inviteeId, sentTime, expireTime } = invitation;
  return {
    id: invitation.id,
    action: invitation.action,
    site_id: invitation.siteId,
    site_name: invitation.siteName,
    role: invitation.role,
    create_time: isoTime(invitation.createTime),
    creator_id: invitation.creatorId,
    creator_name: invitation.creatorName,
    invitee_name: invitation.inviteeName,
    ...(inviteeEmail !== undefined && { invitee_email: inviteeEmail }),
    ...(inviteeId !== undefined && { invitee_id: inviteeId }),
    ...(sentTime !== undefined && { sent_time: isoTime(sentTime) }),
    ...(expireTime !== undefined && { expire_time: isoTime(expireTime) }),
    status: statusAt(invitation, now),
  };
}
