import { type Static, Type } from '@sinclair/typebox';
import type { FastifyRequest } from 'fastify';
import { PageSchema, pageOf, pageQuery } from '../../http/lists.ts';
import type { Context } from '../../kernel/context.ts';
import { AppError, invalidField } from '../../kernel/errors.ts';
import { parseAccountId, parseInvitationId } from '../../kernel/ids.ts';
import { mapPage } from '../../kernel/pages.ts';
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
import { type Caller, pathSite, siteManager, siteManagerOrAsker } from '../access.ts';
import { type Route, route } from '../route.ts';
import {
  InvitationAction,
  InvitationSchema,
  InvitationStatus,
  invitationJson,
  RoleName,
} from './invitation-json.ts';

const closed = { additionalProperties: false };
const url = '/api/v1/sites/:site_id/invitations';
const SitePath = Type.Object({ site_id: Type.String() }, closed);
const InvitationPath = Type.Object({ site_id: Type.String(), id: Type.String() }, closed);
const Email = Type.String({ maxLength: 1024 });

const NewInvitationSchema = Type.Object(
  {
    action: Type.Optional(
      Type.Union([Type.Literal('activate'), Type.Literal('approve')], {
        default: 'activate',
        description: '`activate` invites somebody, `approve` asks for the caller to be let onto the site.',
      }),
    ),
    invitee_email: Type.Optional(
      Type.String({ maxLength: 1024, description: 'Required to invite, and for that alone.' }),
    ),
    invitee_name: Type.Optional(
      Type.String({ maxLength: 512, description: 'For the mail. 128 characters at most.' }),
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
    search: Type.Optional(
      Type.String({ minLength: 1, maxLength: 128, description: "Part of an invitee's name or address." }),
    ),
  },
  closed,
);

/** The invitations of one site. */
export const siteInvitationRoutes: readonly Route[] = [
  route({
    method: 'GET',
    url,
    operation: 'getSiteInvitations',
    summary: "The site's invitations and requests to join, newest first",
    access: siteManager,
    params: SitePath,
    query: ListQuery,
    answers: { 200: PageSchema(InvitationSchema) },
    handle: async (ctx, { query, request }) => {
      const { action, status, search } = query;
      const filter = {
        ...(action !== undefined && { action }),
        ...(status !== undefined && { status }),
        ...(search !== undefined && { search }),
      };
      const page = await listInvitations(ctx, { siteId: pathSite(request), filter, page: pageOf(query) });
      return mapPage(page, (invitation) => shown(ctx, invitation));
    },
  }),
  route({
    method: 'GET',
    url: `${url}/:id`,
    operation: 'getSiteInvitation',
    summary: 'An invitation',
    access: siteManager,
    params: InvitationPath,
    answers: { 200: InvitationSchema },
    handle: async (ctx, { request }) => shown(ctx, await findInvitation(ctx, named(request))),
  }),
  route({
    method: 'POST',
    url,
    operation: 'createInvitation',
    summary:
      'Invite somebody by mail, or ask to join. A pending invitation to the address is sent anew in its place',
    access: siteManagerOrAsker,
    params: SitePath,
    body: NewInvitationSchema,
    answers: { 200: InvitationSchema },
    errors: ['CONFLICT', 'TOO_MANY_REQUESTS'],
    handle: async (ctx, { body, caller, request }) => {
      const place = { siteId: pathSite(request), by: caller!.accountId, role: body.role ?? 'user' };
      if (body.action === 'approve') {
        for (const field of ['invitee_email', 'invitee_name'] as const) {
          if (body[field] !== undefined) throw invalidField(field, 'is of no use: the caller asks');
        }
        return shown(ctx, await requestToJoin(ctx, place));
      }
      const { invitee_email: email, invitee_name: name } = body;
      if (email === undefined) throw invalidField('invitee_email', 'is required');
      return shown(
        ctx,
        await createInvitation(ctx, { ...place, email, ...(name !== undefined && { name }) }),
      );
    },
  }),
  route({
    method: 'POST',
    url: `${url}/notify`,
    operation: 'notifyInvitation',
    summary: 'Put somebody who has an account on the site at once, and tell them by mail',
    access: siteManager,
    params: SitePath,
    body: Type.Object(
      {
        invitee_id: Type.Optional(Type.String()),
        invitee_email: Type.Optional(
          Type.String({
            ...Email,
            description: 'An address that the account has proven; not where accounts are hidden.',
          }),
        ),
        role: Type.Optional(RoleName),
      },
      closed,
    ),
    answers: { 200: InvitationSchema },
    errors: ['CONFLICT', 'TOO_MANY_REQUESTS'],
    handle: async (ctx, { body, caller, request }) => {
      const { invitee_id: id, invitee_email: email, role = 'user' } = body;
      const inviteeId = id === undefined ? undefined : parseAccountId(id);
      if (id !== undefined && inviteeId === undefined)
        throw invalidField('invitee_id', 'must be an account id');
      const invitation = await addToSite(ctx, {
        siteId: pathSite(request),
        by: caller!.accountId,
        role,
        ...(inviteeId !== undefined && { inviteeId }),
        ...(email !== undefined && { email }),
      });
      return shown(ctx, invitation);
    },
  }),
  route({
    method: 'DELETE',
    url: `${url}/:id`,
    operation: 'withdrawInvitation',
    summary: 'Take back an invitation, or the request to join that one has made',
    access: siteManagerOrAsker,
    params: InvitationPath,
    answers: { 200: InvitationSchema },
    errors: ['CONFLICT'],
    handle: async (ctx, { caller, request }) =>
      shown(ctx, await withdrawInvitation(ctx, doer(caller, request))),
  }),
  route({
    method: 'POST',
    url: `${url}/:id/approve`,
    operation: 'approveInvitation',
    summary: 'Let onto the site who asked',
    access: siteManager,
    params: InvitationPath,
    body: Type.Object({ role: Type.Optional(RoleName) }, { ...closed, 'x-optional': true }),
    answers: { 200: InvitationSchema },
    errors: ['CONFLICT'],
    handle: async (ctx, { body, caller, request }) => {
      const role = body?.role;
      const input = { ...doer(caller, request), ...(role !== undefined && { role }) };
      return shown(ctx, await approveRequest(ctx, input));
    },
  }),
  route({
    method: 'POST',
    url: `${url}/:id/deny`,
    operation: 'denyInvitation',
    summary: 'Do not let onto the site who asked',
    access: siteManager,
    params: InvitationPath,
    answers: { 200: InvitationSchema },
    errors: ['CONFLICT'],
    handle: async (ctx, { caller, request }) => shown(ctx, await denyRequest(ctx, doer(caller, request))),
  }),
  route({
    method: 'POST',
    url: `${url}/:id/resend`,
    operation: 'resendInvitation',
    summary: 'Send an invitation again, with a new code that voids the older one',
    access: siteManager,
    params: InvitationPath,
    answers: { 200: InvitationSchema },
    errors: ['CONFLICT', 'TOO_MANY_REQUESTS'],
    handle: async (ctx, { caller, request }) =>
      shown(ctx, await resendInvitation(ctx, doer(caller, request))),
  }),
];

function shown(ctx: Context, invitation: Invitation): Static<typeof InvitationSchema> {
  return invitationJson(invitation, ctx.clock.now());
}

/** The invitation that the path names. Throws NOT_FOUND for what is no id of one. */
function named(request: FastifyRequest) {
  const id = parseInvitationId((request.params as { id?: string }).id ?? '');
  if (id === undefined) throw new AppError('NOT_FOUND');
  return { siteId: pathSite(request), id };
}

function doer(caller: Caller | undefined, request: FastifyRequest) {
  return { ...named(request), by: caller!.accountId };
}
