import { type Static, Type } from '@sinclair/typebox';
import { PageSchema, pageOf, pageQuery } from '../../http/lists.ts';
import type { Context } from '../../kernel/context.ts';
import { invalidField } from '../../kernel/errors.ts';
import { given, ifGiven } from '../../kernel/given.ts';
import { parseAccountId } from '../../kernel/ids.ts';
import { mapPage } from '../../kernel/pages.ts';
import { requireFresh } from '../../sessions/require-fresh.ts';
import { addToSite } from '../../sites/invitations/add-to-site.ts';
import { approveRequest } from '../../sites/invitations/approve-request.ts';
import { createInvitation } from '../../sites/invitations/create-invitation.ts';
import { denyRequest } from '../../sites/invitations/deny-request.ts';
import { findInvitation } from '../../sites/invitations/find-invitation.ts';
import type { Invitation } from '../../sites/invitations/invitation.ts';
import { listInvitations } from '../../sites/invitations/list-invitations.ts';
import { requestToJoin } from '../../sites/invitations/request-to-join.ts';
import { resendInvitation } from '../../sites/invitations/resend-invitation.ts';
import { withdrawInvitation } from '../../sites/invitations/withdraw-invitation.ts';
import { present, siteManager, siteManagerOrAsker } from '../access.ts';
import { type PathOf, SiteInvitationPath, SitePath } from '../path.ts';
import { type Route, route } from '../route.ts';
import { closed, Search } from '../schemas.ts';
import {
  InvitationAction,
  InvitationSchema,
  InvitationStatus,
  invitationJson,
  RoleName,
} from './invitation-json.ts';

const url = '/api/v1/sites/:site_id/invitations';
const Email = Type.String({ maxLength: 1024 });

const NewInvitationSchema = Type.Object(
  {
    action: Type.Optional(
      Type.Union([Type.Literal('activate'), Type.Literal('approve')], {
        default: 'activate',
        description: '`activate` invites somebody; `approve` is a request of the caller to join the site.',
      }),
    ),
    invitee_email: Type.Optional(
      Type.String({ maxLength: 1024, description: 'Required for an invitation, and only used there.' }),
    ),
    invitee_name: Type.Optional(
      Type.String({ maxLength: 512, description: 'For the mail. At most 128 characters.' }),
    ),
    role: Type.Optional(RoleName),
  },
  closed,
);

const ListQuery = Type.Object(
  {
    ...pageQuery,
    action: Type.Optional(InvitationAction),
    status: Type.Optional(InvitationStatus),
    search: Search("Part of an invitee's name or address."),
  },
  closed,
);

/** The invitations of one site. */
export const siteInvitationRoutes: readonly Route[] = [
  route({
    method: 'GET',
    url,
    operation: 'getSiteInvitations',
    summary: "List the site's invitations",
    description: 'And the requests to join. Newest first.',
    access: siteManager,
    params: SitePath,
    query: ListQuery,
    answers: { 200: PageSchema(InvitationSchema) },
    handle: async (ctx, { params, query }) => {
      const { action, status, search } = query;
      const filter = given({ action, status, search });
      const page = await listInvitations(ctx, { siteId: params.site_id, filter, page: pageOf(query) });
      return mapPage(page, (invitation) => showNow(ctx, invitation));
    },
  }),
  route({
    method: 'GET',
    url: `${url}/:id`,
    operation: 'getSiteInvitation',
    summary: 'Show an invitation',
    description: 'Or a request to join.',
    access: siteManager,
    params: SiteInvitationPath,
    answers: { 200: InvitationSchema },
    handle: async (ctx, { params }) => showNow(ctx, await findInvitation(ctx, invitationIn(params))),
  }),
  route({
    method: 'POST',
    url,
    operation: 'createInvitation',
    summary: 'Invite somebody by mail, or ask to join',
    description:
      'If an invitation to the address is pending, it is sent again instead. To invite needs a recent proof of presence.',
    access: siteManagerOrAsker,
    params: SitePath,
    body: NewInvitationSchema,
    answers: { 200: InvitationSchema },
    errors: ['CONFLICT', 'TOO_MANY_REQUESTS', 'REAUTH_REQUIRED'],
    handle: async (ctx, { params, body, caller }) => {
      const place = { siteId: params.site_id, by: caller.accountId, role: body.role ?? 'user' };
      if (body.action === 'approve') {
        for (const field of ['invitee_email', 'invitee_name'] as const) {
          if (body[field] !== undefined) throw invalidField(field, 'cannot be used with a request to join');
        }
        return showNow(ctx, await requestToJoin(ctx, place));
      }
      const { invitee_email: email, invitee_name: name } = body;
      if (email === undefined) throw invalidField('invitee_email', 'is required');
      await requireFresh(ctx, ctx.read, caller.session);
      return showNow(ctx, await createInvitation(ctx, given({ ...place, email, name })));
    },
  }),
  route({
    method: 'POST',
    url: `${url}/notify`,
    operation: 'notifyInvitation',
    summary: 'Add an account to the site at once',
    description: 'Its owner is told by mail.',
    access: present(siteManager),
    params: SitePath,
    body: Type.Object(
      {
        invitee_id: Type.Optional(Type.String()),
        invitee_email: Type.Optional(
          Type.String({
            ...Email,
            description: 'The verified address of the account. Not available where accounts are hidden.',
          }),
        ),
        role: Type.Optional(RoleName),
      },
      closed,
    ),
    answers: { 200: InvitationSchema },
    errors: ['CONFLICT', 'TOO_MANY_REQUESTS'],
    handle: async (ctx, { params, body, caller }) => {
      const { invitee_id: id, invitee_email: email, role = 'user' } = body;
      const inviteeId = ifGiven(id, parseAccountId);
      if (id !== undefined && inviteeId === undefined)
        throw invalidField('invitee_id', 'must be an account id');
      const input = { siteId: params.site_id, by: caller.accountId, role, inviteeId, email };
      return showNow(ctx, await addToSite(ctx, given(input)));
    },
  }),
  route({
    method: 'DELETE',
    url: `${url}/:id`,
    operation: 'withdrawInvitation',
    summary: 'Withdraw an invitation',
    description: "Or the caller's own request to join.",
    access: siteManagerOrAsker,
    params: SiteInvitationPath,
    answers: { 200: InvitationSchema },
    errors: ['CONFLICT'],
    handle: async (ctx, { params, caller }) =>
      showNow(ctx, await withdrawInvitation(ctx, { ...invitationIn(params), by: caller.accountId })),
  }),
  route({
    method: 'POST',
    url: `${url}/:id/approve`,
    operation: 'approveInvitation',
    summary: 'Approve a request to join',
    access: present(siteManager),
    params: SiteInvitationPath,
    body: Type.Object({ role: Type.Optional(RoleName) }, { ...closed, 'x-optional': true }),
    answers: { 200: InvitationSchema },
    errors: ['CONFLICT'],
    handle: async (ctx, { params, body, caller }) => {
      const input = { ...invitationIn(params), by: caller.accountId, role: body?.role };
      return showNow(ctx, await approveRequest(ctx, given(input)));
    },
  }),
  route({
    method: 'POST',
    url: `${url}/:id/deny`,
    operation: 'denyInvitation',
    summary: 'Deny a request to join',
    access: siteManager,
    params: SiteInvitationPath,
    answers: { 200: InvitationSchema },
    errors: ['CONFLICT'],
    handle: async (ctx, { params, caller }) =>
      showNow(ctx, await denyRequest(ctx, { ...invitationIn(params), by: caller.accountId })),
  }),
  route({
    method: 'POST',
    url: `${url}/:id/resend`,
    operation: 'resendInvitation',
    summary: 'Send an invitation again',
    description: 'With a new code; the old code stops working.',
    access: siteManager,
    params: SiteInvitationPath,
    answers: { 200: InvitationSchema },
    errors: ['CONFLICT', 'TOO_MANY_REQUESTS'],
    handle: async (ctx, { params, caller }) =>
      showNow(ctx, await resendInvitation(ctx, { ...invitationIn(params), by: caller.accountId })),
  }),
];

function showNow(ctx: Context, invitation: Invitation): Static<typeof InvitationSchema> {
  return invitationJson(invitation, ctx.clock);
}

function invitationIn({ site_id: siteId, id }: PathOf<typeof SiteInvitationPath>) {
  return { siteId, id };
}
