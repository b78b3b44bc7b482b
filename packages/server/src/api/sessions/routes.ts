import { Type } from '@sinclair/typebox';
import { signIn } from '../../authentication/sign-in.ts';
import { signOut } from '../../authentication/sign-out.ts';
import { signUp } from '../../authentication/sign-up.ts';
import { validateSignUp } from '../../authentication/validate-sign-up.ts';
import { deviceOf } from '../../http/device.ts';
import { PageSchema, pageOf } from '../../http/lists.ts';
import { invalidField } from '../../kernel/errors.ts';
import { given, ifGiven } from '../../kernel/given.ts';
import { parseAccountId } from '../../kernel/ids.ts';
import { mapPage } from '../../kernel/pages.ts';
import { closeSession } from '../../sessions/close-session.ts';
import { closeSessions } from '../../sessions/close-sessions.ts';
import { listSessions } from '../../sessions/list-sessions.ts';
import { restoreSession } from '../../sessions/restore-session.ts';
import { admin, anybody, open, ownerOrAdmin, signed } from '../access.ts';
import { Language, Theme, TimeZone } from '../accounts/account-json.ts';
import { clearCookie, listCredentials } from '../credentials.ts';
import { confirmable, confirmQuery } from '../followers/confirmation-json.ts';
import { checkWait, waitIfAsked } from '../followers/wait-if-asked.ts';
import { withoutEmpty } from '../lenient-bodies.ts';
import { readSessionId, SessionPath, UserPath } from '../path.ts';
import { type Route, route } from '../route.ts';
import { closed, Name, newLogin, Password } from '../schemas.ts';
import { answerOpened, openedWords, sessionAnswer } from './session-answer.ts';
import { SessionSchema, sessionJson, sessionText } from './session-json.ts';
import { AllQuery, filterOf, ListQuery } from './session-queries.ts';

export const sessionRoutes: readonly Route[] = [
  route({
    method: 'POST',
    url: '/api/v1/signup',
    operation: 'signup',
    summary: 'Create an account and sign in',
    description:
      'A login or an e-mail address is required. Members that are null or empty count as absent. Sets the session cookie.',
    access: open,
    readBody: withoutEmpty('name', 'password'),
    body: Type.Object(
      {
        name: Name,
        login: Type.Optional(newLogin(' Defaults to the e-mail address.')),
        email: Type.Optional(Type.String({ maxLength: 1024 })),
        password: Password,
        language: Type.Optional(Language),
        theme: Type.Optional(Theme),
        time_zone: Type.Optional(TimeZone),
        invitation_code: Type.Optional(
          Type.String({
            maxLength: 256,
            description:
              'Accepts the invitation. If no address is given here, the account gets the invited one.',
          }),
        ),
      },
      closed,
    ),
    answers: { 200: SessionSchema, 202: undefined },
    told: {
      200: openedWords,
      202: 'Accounts are hidden (`LATCHKEY_HIDE_ACCOUNTS`): the rest comes by mail.',
    },
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
      const input = given({ ...rest, timeZone, invitationCode, device: deviceOf(request) });
      const session = await signUp(ctx, input);
      if (session === undefined) return reply.code(202).send();
      return answerOpened(ctx, session.id, request, reply);
    },
  }),
  route({
    method: 'GET',
    url: '/api/v1/signup/validate',
    operation: 'signupValidate',
    summary: 'Check whether a login is free',
    access: anybody,
    query: Type.Object({ login: Type.Optional(Type.String({ maxLength: 1024 })) }, closed),
    answers: { 204: undefined },
    told: { 204: 'The login is free, or none was given.' },
    errors: ['LOGIN_ALREADY_USED', 'TOO_MANY_REQUESTS'],
    handle: (ctx, { query }) => validateSignUp(ctx, query),
  }),
  route({
    method: 'POST',
    url: '/api/v1/signin',
    operation: 'signin',
    summary: 'Sign in',
    description: 'Sets the session cookie.',
    access: open,
    body: Type.Object(
      {
        login: Type.String({ description: "A login, a verified e-mail address, or an account's id." }),
        password: Password,
      },
      closed,
    ),
    answers: { 200: SessionSchema },
    told: {
      200: openedWords,
    },
    errors: ['WRONG_LOGIN', 'WRONG_PASSWORD', 'TOO_MANY_REQUESTS', 'UNAVAILABLE'],
    handle: async (ctx, { body, request, reply }) => {
      const session = await signIn(ctx, { ...body, device: deviceOf(request), oneTime: true });
      return answerOpened(ctx, session.id, request, reply);
    },
  }),
  route({
    method: 'POST',
    url: '/api/v1/signout',
    operation: 'signout',
    summary: 'Sign out',
    description:
      'Closes every session that the request proves, and clears the cookie, unless that is of another system. Without a session it does nothing.',
    access: open,
    reads: 'anybody',
    answers: { 204: undefined },
    told: { 204: 'Nobody is signed in any more.' },
    errors: ['UNAVAILABLE'],
    handle: async (ctx, { request, reply }) => {
      // Only credentials count: no token beside them must keep the session open.
      for (const credential of listCredentials(request, ctx.cookie)) {
        const sessionId = ctx.credentials.verify(credential);
        if (sessionId !== undefined) await signOut(ctx, sessionId);
      }
      clearCookie(ctx, request, reply);
    },
  }),
  route({
    method: 'GET',
    url: '/api/v1/sessions',
    operation: 'getSessions',
    summary: 'List all sessions',
    description: 'Newest first.',
    access: admin,
    query: AllQuery,
    answers: { 200: PageSchema(SessionSchema) },
    handle: async (ctx, { query }) => {
      const accountId = ifGiven(query.user_id, parseAccountId);
      if (query.user_id !== undefined && accountId === undefined)
        throw invalidField('user_id', 'must be an account id');
      const filter = given({ ...filterOf(ctx, query), accountId });
      return mapPage(await listSessions(ctx, { filter, page: pageOf(query) }), (item) => sessionJson(item));
    },
  }),
  route({
    method: 'GET',
    url: '/api/v1/sessions/:user_id',
    operation: 'getUserSessions',
    summary: "List an account's sessions",
    description: 'Newest first.',
    access: ownerOrAdmin,
    params: UserPath,
    query: ListQuery,
    answers: { 200: PageSchema(SessionSchema) },
    handle: async (ctx, { params, query }) => {
      const filter = { ...filterOf(ctx, query), accountId: params.user_id };
      return mapPage(await listSessions(ctx, { filter, page: pageOf(query) }), (item) => sessionJson(item));
    },
  }),
  route({
    method: 'GET',
    url: '/api/v1/sessions/current',
    operation: 'getCurrentSession',
    summary: "Show the caller's session",
    access: signed,
    answers: { 200: SessionSchema },
    handle: (_ctx, { caller, reply }) => {
      reply.header('content-type', 'application/json; charset=utf-8');
      return sessionText(caller);
    },
  }),
  route({
    method: 'POST',
    url: '/api/v1/sessions/restore',
    operation: 'restoreSession',
    summary: 'Find a live session by its id',
    description:
      "A session of the caller's; an admin can find anybody's. Without an id it is the session of the request.",
    access: signed,
    body: Type.Object(
      { session_id: Type.Optional(Type.String({ maxLength: 128 })) },
      { ...closed, 'x-optional': true },
    ),
    query: Type.Object(
      { session_id: Type.Optional(Type.String({ description: 'The public id, or the credential.' })) },
      closed,
    ),
    answers: { 200: SessionSchema, 204: undefined },
    told: { 204: "The session is closed, or is not the caller's." },
    handle: async (ctx, { query, body, caller, request }) => {
      if (body?.session_id !== undefined && query.session_id !== undefined) {
        throw invalidField('session_id', 'must be in the body or in the query, not in both');
      }
      const named = query.session_id ?? body?.session_id;
      const sessionId = named === undefined ? caller.session.id : readSessionId(named, ctx);
      if (sessionId === undefined) return undefined;
      const found = await restoreSession(ctx, { ...caller, sessionId });
      return found && sessionAnswer(ctx, found, found.session.accountId === caller.accountId, request);
    },
  }),
  route({
    method: 'DELETE',
    url: '/api/v1/sessions/:user_id/:session_id',
    operation: 'closeSession',
    summary: 'Close a session',
    description: "For another account's session, a recent proof of presence is needed (`verifyPassword`).",
    access: ownerOrAdmin,
    params: SessionPath,
    query: Type.Object(confirmQuery, closed),
    answers: { 200: confirmable(SessionSchema, 'ClosedSession') },
    errors: ['NOT_FOUND', 'REAUTH_REQUIRED'],
    handle: async (ctx, { params, query, caller, reply }) => {
      checkWait(query);
      const { user_id: accountId, session_id: sessionId } = params;
      const reason = accountId === caller.accountId ? 'closed' : 'admin';
      const { moment, seq } = await closeSession(ctx, { sessionId, accountId, reason, by: caller.session });
      const confirmation = await waitIfAsked(ctx, query, reply, seq);
      return confirmation === undefined ? sessionJson(moment) : { ...sessionJson(moment), ...confirmation };
    },
  }),
  route({
    method: 'DELETE',
    url: '/api/v1/sessions/:user_id',
    operation: 'closeSessions',
    summary: "Close an account's sessions",
    description: 'For another account, a recent proof of presence is needed (`verifyPassword`).',
    access: ownerOrAdmin,
    params: UserPath,
    query: Type.Object({ except: Type.Optional(Type.Literal('current')), ...confirmQuery }, closed),
    answers: { 200: confirmable(Type.Object({ closed: Type.Integer() }), 'ClosedSessions') },
    errors: ['REAUTH_REQUIRED'],
    handle: async (ctx, { params, query, caller, reply }) => {
      checkWait(query);
      const accountId = params.user_id;
      const reason = accountId === caller.accountId ? 'cleared' : 'admin';
      const except = query.except && caller.session.id;
      const input = { accountId, reason, by: caller.session, ...given({ except }) } as const;
      const { closed, seq } = await closeSessions(ctx, input);
      return { closed, ...(await waitIfAsked(ctx, query, reply, seq)) };
    },
  }),
];
