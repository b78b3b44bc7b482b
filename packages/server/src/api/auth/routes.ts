import { Type } from '@sinclair/typebox';
import { clearAllSessions } from '../../authentication/clear-all-sessions.ts';
import { clearSession } from '../../authentication/clear-session.ts';
import { listSessionIds } from '../../authentication/list-session-ids.ts';
import { login } from '../../authentication/login.ts';
import { signOut } from '../../authentication/sign-out.ts';
import { whoAmI } from '../../authentication/who-am-i.ts';
import { sendCookie } from '../../http/cookies.ts';
import { deviceOf } from '../../http/device.ts';
import { AppError, invalidField } from '../../kernel/errors.ts';
import { given, ifGiven } from '../../kernel/given.ts';
import { parseSessionId } from '../../kernel/ids.ts';
import { findService } from '../../log/services/authenticate-service.ts';
import { serviceKeyPrefix } from '../../log/services/service.ts';
import { open, proven } from '../access.ts';
import { readCredentials } from '../credentials.ts';
import { ConfirmationSchema, confirmable, confirmQuery } from '../followers/confirmation-json.ts';
import { checkWait, waitIfAsked } from '../followers/wait-if-asked.ts';
import { AuthSessionPath } from '../path.ts';
import { type Route, route } from '../route.ts';
import { closed } from '../schemas.ts';

const TokenSchema = Type.Object(
  {
    token: Type.String({ description: 'A JWT (ES256).' }),
    expiresAt: Type.Integer({ description: 'Unix seconds.' }),
    userId: Type.Integer(),
    sessionId: Type.String({ description: 'The public id of the session.' }),
  },
  { $id: 'TokenAnswer', title: 'TokenAnswer' },
);
const ProofSchema = Type.Object({ userId: Type.Integer(), sessionId: Type.String() });

export const authRoutes: readonly Route[] = [
  route({
    method: 'POST',
    url: '/auth/login',
    operation: 'login',
    summary: 'Login: sign in, get a token and the session cookie',
    access: open,
    body: Type.Object({ username: Type.String(), password: Type.String() }, closed),
    answers: { 200: TokenSchema },
    errors: ['INVALID_CREDENTIALS', 'TOO_MANY_REQUESTS', 'UNAVAILABLE'],
    handle: async (ctx, { body, request, reply }) => {
      const { answer, credential } = await login(ctx, { ...body, device: deviceOf(request) });
      if (ctx.cookie !== undefined) sendCookie(reply, ctx.cookie.set(credential));
      return answer;
    },
  }),
  route({
    method: 'POST',
    url: '/auth/authenticate',
    operation: 'authenticate',
    summary: 'Authenticate: check a token and its cookie, for languages without a verifier library',
    access: proven,
    answers: { 200: ProofSchema },
    handle: (_ctx, { caller }) => ({ userId: Number(caller.accountId), sessionId: caller.session.id }),
  }),
  route({
    method: 'POST',
    url: '/auth/who-am-i',
    operation: 'whoAmI',
    summary: "WhoAmI: get a new token for the cookie's session",
    access: open,
    answers: { 200: TokenSchema },
    errors: ['INVALID_CREDENTIALS', 'NO_PERMISSIONS', 'AMBIGUOUS_CREDENTIALS', 'UNAVAILABLE'],
    handle: async (ctx, { request }) => {
      const { token, credential } = readCredentials(request, ctx.cookie);
      const isService = token?.startsWith(serviceKeyPrefix) === true;
      // The status must differ from that of a dead session: the service would sign people out.
      if (isService && !(await findService(ctx, token))) throw new AppError('NO_PERMISSIONS');
      const { answer, session } = await whoAmI(ctx, { token: isService ? undefined : token, credential });
      ctx.uses.note(session);
      return answer;
    },
  }),
  route({
    method: 'DELETE',
    url: '/auth/sessions/:sessionId',
    operation: 'clearSessionById',
    summary: "ClearSessionById: close one of the caller's own sessions; an admin can close any",
    access: proven,
    params: AuthSessionPath,
    query: Type.Object(confirmQuery, closed),
    answers: { 200: ConfirmationSchema, 204: undefined },
    errors: ['NO_PERMISSIONS', 'NOT_FOUND', 'REAUTH_REQUIRED'],
    handle: async (ctx, { params, query, caller, reply }) => {
      checkWait(query);
      const seq = await clearSession(ctx, { ...caller, sessionId: params.sessionId });
      return waitIfAsked(ctx, query, reply, seq);
    },
  }),
  route({
    method: 'DELETE',
    url: '/auth/sessions',
    operation: 'clearAllSessionsExceptThemselves',
    summary:
      "ClearAllSessionsExceptThemselves: close the caller's other sessions; an admin can close everybody's",
    access: proven,
    query: Type.Object(
      { scope: Type.Optional(Type.Union([Type.Literal('own'), Type.Literal('all')])), ...confirmQuery },
      closed,
    ),
    answers: { 200: confirmable(Type.Object({ closed: Type.Integer() }), 'ClearedSessions') },
    errors: ['NO_PERMISSIONS', 'REAUTH_REQUIRED'],
    handle: async (ctx, { query, caller, reply }) => {
      checkWait(query);
      const scope = query.scope ?? 'own';
      const { closed, seq } = await clearAllSessions(ctx, { ...caller, scope });
      return { closed, ...(await waitIfAsked(ctx, query, reply, seq)) };
    },
  }),
  route({
    method: 'POST',
    url: '/auth/logout',
    operation: 'logout',
    summary: "Logout: close the token's session",
    access: proven,
    query: Type.Object(confirmQuery, closed),
    answers: { 200: ConfirmationSchema, 204: undefined },
    handle: async (ctx, { query, caller, reply }) => {
      checkWait(query);
      const seq = await signOut(ctx, caller.session.id);
      if (ctx.cookie !== undefined) sendCookie(reply, ctx.cookie.clear);
      return waitIfAsked(ctx, query, reply, seq);
    },
  }),
  route({
    method: 'GET',
    url: '/auth/sessions',
    operation: 'listSessions',
    summary: "ListSessions: public ids of the caller's live sessions; an admin gets everybody's",
    access: proven,
    query: Type.Object(
      {
        scope: Type.Optional(Type.Literal('own')),
        after: Type.Optional(Type.String()),
        take: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 100 })),
      },
      closed,
    ),
    answers: { 200: Type.Array(Type.String()) },
    handle: async (ctx, { query, caller, reply }) => {
      const { scope, take = 100 } = query;
      const after = ifGiven(query.after, parseSessionId);
      if (query.after !== undefined && after === undefined)
        throw invalidField('after', 'must be a session id');
      const accountId = caller.admin && scope !== 'own' ? undefined : caller.accountId;
      const { ids, next } = await listSessionIds(ctx, given({ take, accountId, after }));
      if (next !== undefined) {
        const rest = new URLSearchParams(given({ scope, take: String(take), after: next }));
        reply.header('link', `<${ctx.publicUrl}/auth/sessions?${rest}>; rel="next"`);
      }
      return ids;
    },
  }),
];
