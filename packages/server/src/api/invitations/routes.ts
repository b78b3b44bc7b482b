import { Type } from '@sinclair/typebox';
import { PageSchema, pageOf, pageQuery } from '../../http/lists.ts';
import { given } from '../../kernel/given.ts';
import { mapPage } from '../../kernel/pages.ts';
import { activateInvitation } from '../../sites/invitations/activate-invitation.ts';
import { activateOwnInvitation } from '../../sites/invitations/activate-own-invitation.ts';
import { listOwnInvitations } from '../../sites/invitations/list-own-invitations.ts';
import { signed } from '../access.ts';
import { InvitationPath } from '../path.ts';
import { type Route, route } from '../route.ts';
import { Code, closed } from '../schemas.ts';
import { InvitationAction, InvitationSchema, InvitationStatus, invitationJson } from './invitation-json.ts';

const url = '/api/v1/invitations';

/** The caller's own invitations. */
export const invitationRoutes: readonly Route[] = [
  route({
    method: 'GET',
    url,
    operation: 'getInvitations',
    summary: 'List the invitations to the caller',
    description:
      "Those to the caller's verified address, and the caller's own requests to join. Newest first.",
    access: signed,
    query: Type.Object(
      { ...pageQuery, action: Type.Optional(InvitationAction), status: Type.Optional(InvitationStatus) },
      closed,
    ),
    answers: { 200: PageSchema(InvitationSchema) },
    handle: async (ctx, { query, caller }) => {
      const { action, status } = query;
      const { accountId } = caller;
      const filter = given({ action, status });
      const page = await listOwnInvitations(ctx, { accountId, filter, page: pageOf(query) });
      return mapPage(page, (invitation) => invitationJson(invitation, ctx.clock));
    },
  }),
  route({
    method: 'POST',
    url: `${url}/activate`,
    operation: 'activateInvitation',
    summary: 'Accept an invitation with the mailed code',
    access: signed,
    body: Type.Object({ code: Code }, closed),
    answers: { 200: InvitationSchema },
    errors: ['WRONG_CODE', 'CODE_EXPIRED', 'CONFLICT', 'NOT_FOUND'],
    handle: async (ctx, { body, caller }) => {
      const { accountId } = caller;
      return invitationJson(await activateInvitation(ctx, { accountId, code: body.code }), ctx.clock);
    },
  }),
  route({
    method: 'POST',
    url: `${url}/:id/activate`,
    operation: 'activateOwnInvitation',
    summary: 'Accept an invitation without its code',
    description: "It must be addressed to the caller's verified address.",
    access: signed,
    params: InvitationPath,
    answers: { 200: InvitationSchema },
    errors: ['NOT_OWNER', 'NOT_FOUND', 'CONFLICT'],
    handle: async (ctx, { params, caller }) => {
      const { accountId } = caller;
      return invitationJson(await activateOwnInvitation(ctx, { id: params.id, accountId }), ctx.clock);
    },
  }),
];
