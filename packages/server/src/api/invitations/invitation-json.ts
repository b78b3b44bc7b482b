import { type Static, Type } from '@sinclair/typebox';
import type { Clock } from '../../kernel/clock/clock.ts';
import { given, ifGiven } from '../../kernel/given.ts';
import { isoTime } from '../../kernel/time.ts';
import {
  type Invitation,
  invitationActions,
  invitationStatuses,
  statusOf,
} from '../../sites/invitations/invitation.ts';
import { Time } from '../schemas.ts';

export const InvitationAction = Type.Union(
  invitationActions.map((action) => Type.Literal(action)),
  {
    description:
      '`activate`: an invitation, for the invitee to accept. `approve`: a request to join, for a manager of the site to approve. `notify`: the invitee was added to the site at once, and told.',
  },
);

export const InvitationStatus = Type.Union(
  invitationStatuses.map((status) => Type.Literal(status)),
  {
    description:
      '`pending`: not accepted, approved or denied yet. `activated`: accepted. `approved`, `denied`: of a request to join. `withdrawn`: taken back. `notified`: the invitee was told. `expired`: nothing happened in time.',
  },
);

/** The name of a role, without its site. */
export const RoleName = Type.String({
  pattern: '^[A-Za-z0-9_-]{1,64}$',
  description:
    "Without the site's id: user, manager, admin, or any other. A manager can only give user and manager.",
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
    creator_name: Type.String({ description: 'Empty if the account was deleted.' }),
    invitee_name: Type.String(),
    invitee_email: Type.Optional(Type.String()),
    invitee_id: Type.Optional(
      Type.String({ description: 'The account that asked, was added, or accepted.' }),
    ),
    sent_time: Type.Optional(Time),
    expire_time: Type.Optional(Time),
    status: InvitationStatus,
  },
  {
    $id: 'Invitation',
    title: 'Invitation',
    description: 'An invitation to a site, or a request to join it.',
  },
);

/** An invitation as the facade shows it, without its code. */
export function invitationJson(invitation: Invitation, clock: Clock): Static<typeof InvitationSchema> {
  return given({
    id: invitation.id,
    action: invitation.action,
    site_id: invitation.siteId,
    site_name: invitation.siteName,
    role: invitation.role,
    create_time: isoTime(invitation.createTime),
    creator_id: invitation.creatorId,
    creator_name: invitation.creatorName,
    invitee_name: invitation.inviteeName,
    invitee_email: invitation.inviteeEmail,
    invitee_id: invitation.inviteeId,
    sent_time: ifGiven(invitation.sentTime, isoTime),
    expire_time: ifGiven(invitation.expireTime, isoTime),
    status: statusOf(invitation, clock),
  });
}
