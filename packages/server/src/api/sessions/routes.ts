import { Type } from '@sinclair/typebox';
import { signIn } from '../../authentication/sign-in.ts';
import { signOut } from '../../authentication/sign-out.ts';
import { signUp } from '../../authentication/sign-up.ts';
import { validateSignUp } from '../../authentication/validate-sign-up.ts';
import { sendCookie } from '../../http/cookies.ts';
import { deviceOf } from '../../http/device.ts';
import { PageSchema, pageOf } from '../../http/lists.ts';
import { AppError, invalidField } from '../../kernel/errors.ts';
import { parseAccountId, parseSessionId } from '../../kernel/ids.ts';
import { mapPage } from '../../kernel/pages.ts';
import { closeSession } from '../../sessions/close-session.ts';
import { closeSessions } from '../../sessions/close-sessions.ts';
import { listSessions } from '../../sessions/list-sessions.ts';
import { restoreSession } from '../../sessions/restore-session.ts';
import { admin, anybody, open, ownerOrAdmin, pathAccount, signed } from '../access.ts';
import { Language, Theme, TimeZone } from '../accounts/account-json.ts';
import { listCredentials } from '../credentials.ts';
import { checkWait, confirmable, confirmationOf, confirmQuery } from '../followers/confirmation.ts';
import { type Route, route } from '../route.ts';
import { openedAnswer, sessionAnswer } from './session-answer.ts';
import { SessionSchema, sessionJson, sessionText } from './session-json.ts';
import { AllQuery, filterOf, ListQuery, sessionIdOf } from './session-queries.ts';

const closed = { additionalProperties: false };
const Password = Type.String({ description: 'At most 256 characters.' });
const UserPath = Type.Object({ user_id: Type.String() }, closed);
const SessionPath = Type.Object({ user_id: Type.String(), session_id: Type.String() }, closed);

export const sessionRoutes: readonly Route[] = [
  route({
    method: 'POST',
    url: '/api/v1/signup',
    operation: 'signup',
    summary: 'Make an account and sign in to it. Where accounts are hidden: 202, and the rest is in the mail',
    access: open,
    body: Type.Object(
      {
        name: Type.String({ maxLength: 512 }),
        login: Type.Optional(
          Type.String({ maxLength: 1024, description: 'Defaults to the e-mail address.' }),
        ),
        email: Type.Optional(Type.String({ maxLength: 1024 })),
        password: Password,
        language: Type.Optional(Language),
        theme: Type.Optional(Theme),
        time_zone: Type.Optional(TimeZone),
        invitation_code: Type.Optional(
          Type.String({
            maxLength: 256,
            description: 'Takes the invitation up. Without an address here the account gets the invited one.',
          }),
        ),
      },
      closed,
    ),
    answers: { 200: SessionSchema, 202: undefined },
    errors: [
      'LOGIN_ALREADY_USED',
      'PASSWORD_TOO_SHORT',
      'PASSWORD_TOO_LONG',
      'PASSWORD_TOO_COMMON',
      'WRONG_CODE',
      'CODE_EXPIRED',
      'CONFLICT',
      'TOO_MANY_REQUESTS',
      'UNAVAILABLE',
    ],
    handle: async (ctx, { body, request, reply }) => {
      const { time_zone: timeZone, invitation_code: invitationCode, ...rest } = body;
      const optional = {
        ...(timeZone !== undefined && { timeZone }),
        ...(invitationCode !== undefined && { invitationCode }),
      };
      const session = await signUp(ctx, { ...rest, ...optional, device: deviceOf(request) });
      if (session === undefined) return reply.code(202).send();
      return openedAnswer(ctx, session.id, request, reply);
    },
  }),
  route({
    method: 'GET',
    url: '/api/v1/signup/validate',
    operation: 'signupValidate',
    summary: 'Whether a login is free',
    access: anybody,
    query: Type.Object({ login: Type.Optional(Type.String({ maxLength: 1024 })) }, closed),
    answers: { 204: undefined },
    errors: ['LOGIN_ALREADY_USED', 'TOO_MANY_REQUESTS'],
    handle: (ctx, { query }) => validateSignUp(ctx, query),
  }),
  route({
    method: 'POST',
    url: '/api/v1/signin',
    operation: 'signin',
    summary: 'Sign in',
    access: open,
    body: Type.Object(
      {
        login: Type.String({ description: "A login or an account's id." }),
        password: Password,
      },
      closed,
    ),
    answers: { 200: SessionSchema },
    errors: ['WRONG_LOGIN', 'WRONG_PASSWORD', 'TOO_MANY_REQUESTS', 'UNAVAILABLE'],
    handle: async (ctx, { body, request, reply }) => {
      const session = await signIn(ctx, { ...body, device: deviceOf(request), oneTime: true });
      return openedAnswer(ctx, session.id, request, reply);
    },
  }),
  route({
    method: 'POST',
    url: '/api/v1/signout',
    operation: 'signout',
    summary: "Close the request's session, if there is one",
    access: open,
    answers: { 204: undefined },
    errors: ['UNAVAILABLE'],
    handle: async (ctx, { request, reply }) => {
      // Only by credentials: a token that was sent along and has expired must not keep the session open.
      const sent = listCredentials(request, ctx.cookie).map((credential) =>
        ctx.credentials.verify(credential),
      );
      for (const sessionId of new Set(sent)) if (sessionId !== undefined) await signOut(ctx, sessionId);
      if (ctx.cookie !== undefined) sendCookie(reply, ctx.cookie.clear);
    },
  }),
  route({
    method: 'GET',
    url: '/api/v1/sessions',
    operation: 'getSessions',
    summary: 'All sessions, newest first',
    access: admin,
    query: AllQuery,
    answers: { 200: PageSchema(SessionSchema) },
    handle: async (ctx, { query }) => {
      const { user_id: userId, ...rest } = query;
      const accountId = userId === undefined ? undefined : parseAccountId(userId);
      if (userId !== undefined && accountId === undefined)
        throw invalidField('user_id', 'must be an account id');
      const filter = { ...filterOf(ctx, rest), ...(accountId !== undefined && { accountId }) };
      return mapPage(await listSessions(ctx, { filter, page: pageOf(query) }), (item) => sessionJson(item));
    },
  }),
  route({
    method: 'GET',
    url: '/api/v1/sessions/:user_id',
    operation: 'getUserSessions',
    summary: "An account's sessions, newest first",
    access: ownerOrAdmin,
    params: UserPath,
    query: ListQuery,
    answers: { 200: PageSchema(SessionSchema) },
    handle: async (ctx, { query, request }) => {
      const filter = { ...filterOf(ctx, query), accountId: pathAccount(request) };
      return mapPage(await listSessions(ctx, { filter, page: pageOf(query) }), (item) => sessionJson(item));
    },
  }),
  route({
    method: 'GET',
    url: '/api/v1/sessions/current',
    operation: 'getCurrentSession',
    summary: "The request's session",
    access: signed,
    answers: { 200: SessionSchema },
    handle: (_ctx, { caller, reply }) => {
      reply.header('content-type', 'application/json; charset=utf-8');
      return sessionText(caller!);
    },
  }),
  route({
    method: 'POST',
    url: '/api/v1/sessions/restore',
    operation: 'restoreSession',
    summary: "The caller's live session by its id",
    access: signed,
    body: Type.Object(
      { session_id: Type.Optional(Type.String({ maxLength: 128 })) },
      { ...closed, 'x-optional': true },
    ),
    query: Type.Object({ session_id: Type.Optional(Type.String({ description: 'The public id.' })) }, closed),
    answers: { 200: SessionSchema, 204: undefined },
    handle: async (ctx, { body, query, caller, request }) => {
      if (body?.session_id !== undefined && query.session_id !== undefined) {
        throw invalidField('session_id', 'must be in the body or in the query, not in both');
      }
      // A credential never stands in a URL.
      const asked =
        query.session_id === undefined
          ? body?.session_id && sessionIdOf(ctx, body.session_id)
          : parseSessionId(query.session_id);
      const named = (query.session_id ?? body?.session_id) !== undefined;
      const sessionId = named ? asked : caller!.session.id;
      if (!sessionId) return undefined;
      const found = await restoreSession(ctx, { ...caller!, sessionId });
      return found && sessionAnswer(ctx, found, found.session.accountId === caller!.accountId, request);
    },
  }),
  route({
    method: 'DELETE',
    url: '/api/v1/sessions/:user_id/:session_id',
    operation: 'closeSession',
    summary: "Close a session. Another's needs a recent proof of presence",
    access: ownerOrAdmin,
    params: SessionPath,
    query: Type.Object(confirmQuery, closed),
    answers: { 200: confirmable(SessionSchema, 'ClosedSession') },
    errors: ['NOT_FOUND', 'REAUTH_REQUIRED'],
    handle: async (ctx, { params, query, caller, request, reply }) => {
      checkWait(query);
      const sessionId = sessionIdOf(ctx, params.session_id);
      if (sessionId === undefined) throw new AppError('NOT_FOUND');
      const accountId = pathAccount(request);
      const reason = accountId === caller!.accountId ? 'closed' : 'admin';
      const { moment, seq } = await closeSession(ctx, { sessionId, accountId, reason, by: caller!.session });
      const confirmation = await confirmationOf(ctx, query, reply, seq);
      return confirmation === undefined ? sessionJson(moment) : { ...sessionJson(moment), ...confirmation };
    },
  }),
  route({
    method: 'DELETE',
    url: '/api/v1/sessions/:user_id',
    operation: 'closeSessions',
    summary: "Close an account's sessions. Another's need a recent proof of presence",
    access: ownerOrAdmin,
    params: UserPath,
    query: Type.Object({ except: Type.Optional(Type.Literal('current')), ...confirmQuery }, closed),
    answers: { 200: confirmable(Type.Object({ closed: Type.Integer() }), 'ClosedSessions') },
    errors: ['REAUTH_REQUIRED'],
    handle: async (ctx, { query, caller, request, reply }) => {
      checkWait(query);
      const accountId = pathAccount(request);
      const reason = accountId === caller!.accountId ? 'cleared' : 'admin';
      const except = query.except === undefined ? {} : { except: caller!.session.id };
      const { closed, seq } = await closeSessions(ctx, { accountId, reason, by: caller!.session, ...except });
      return { closed, ...(await confirmationOf(ctx, query, reply, seq)) };
    },
  }),
];
