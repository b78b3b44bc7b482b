import { Type } from '@sinclair/typebox';
import { PageSchema, pageOf, pageQuery } from '../../http/lists.ts';
import { AppError } from '../../kernel/errors.ts';
import { parseInvitationId } from '../../kernel/ids.ts';
import { mapPage } from '../../kernel/pages.ts';
import { activateByAddress } from '../../sites/invitations/activate-by-address.ts';
import { activateByCode } from '../../sites/invitations/activate-by-code.ts';
import { listOwnInvitations } from '../../sites/invitations/list-own-invitations.ts';
import { signed } from '../access.ts';
import { type Route, route } from '../route.ts';
import { InvitationAction, InvitationSchema, InvitationStatus, invitationJson } from './invitation-json.ts';

const closed = { additionalProperties: false };
const url = '/api/v1/invitations';

/** The caller's own invitations. */
export const invitationRoutes: readonly Route[] = [
  route({
    method: 'GET',
    url,
    operation: 'getInvitations',
    summary:
      "Invitations to the caller's proven address, and requests to join that the caller has made, newest first",
    access: signed,
    query: Type.Object(
      { ...pageQuery, action: Type.Optional(InvitationAction), status: Type.Optional(InvitationStatus) },
      closed,
    ),
    answers: { 200: PageSchema(InvitationSchema) },
    handle: async (ctx, { query, caller }) => {
      const { action, status } = query;
      const filter = { ...(action !== undefined && { action }), ...(status !== undefined && { status }) };
      const { accountId } = caller!;
      const page = await listOwnInvitations(ctx, { accountId, filter, page: pageOf(query) });
      return mapPage(page, (invitation) => invitationJson(invitation, ctx.clock.now()));
    },
  }),
  route({
    method: 'POST',
    url: `${url}/activate`,
    operation: 'activateInvitation',
    summary: 'Take up the invitation whose code was mailed',
    access: signed,
    body: Type.Object({ code: Type.String({ maxLength: 256 }) }, closed),
    answers: { 200: InvitationSchema },
    errors: ['WRONG_CODE', 'CODE_EXPIRED', 'CONFLICT', 'NOT_FOUND'],
    handle: async (ctx, { body, caller }) => {
      const { accountId } = caller!;
      return invitationJson(await activateByCode(ctx, { accountId, code: body.code }), ctx.clock.now());
    },
  }),
  route({
    method: 'POST',
    url: `${url}/:id/activate`,
    operation: 'activateOwnInvitation',
    summary: "Take up an invitation to the caller's proven address, without its code",
    access: signed,
    params: Type.Object({ id: Type.String() }, closed),
    answers: { 200: InvitationSchema },
    errors: ['NOT_OWNER', 'NOT_FOUND', 'CONFLICT'],
    handle: async (ctx, { params, caller }) => {
      const id = parseInvitationId(params.id);
      if (id === undefined) throw new AppError('NOT_FOUND');
      const { accountId } = caller!;
      return invitationJson(await activateByAddress(ctx, { id, accountId }), ctx.clock.now());
    },
  }),
];
