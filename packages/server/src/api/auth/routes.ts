import { Type } from '@sinclair/typebox';
import { clearAllSessions } from '../../authentication/clear-all-sessions.ts';
import { clearSession } from '../../authentication/clear-session.ts';
import { listSessionIds } from '../../authentication/list-session-ids.ts';
import { login } from '../../authentication/login.ts';
import { signOut } from '../../authentication/sign-out.ts';
import { whoAmI } from '../../authentication/who-am-i.ts';
import { sendCookie } from '../../http/cookies.ts';
import { deviceOf } from '../../http/device.ts';
import { isBrowserPage } from '../../http/origin.ts';
import { AppError, invalidField } from '../../kernel/errors.ts';
import { given, ifGiven } from '../../kernel/given.ts';
import { parseSessionId } from '../../kernel/ids.ts';
import { findService } from '../../log/services/authenticate-service.ts';
import { serviceKeyPrefix } from '../../log/services/service.ts';
import { open, proven, provenToLogOut } from '../access.ts';
import { clearCookie, readCredentials } from '../credentials.ts';
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
  { $id: 'TokenAnswer', title: 'TokenAnswer', description: 'A token for the session.' },
);
const LoginSchema = Type.Object(
  {
    ...TokenSchema.properties,
    cookie: Type.Optional(
      Type.String({
        description:
          'The session credential, to be sent as x-session-id. Only where the cookie is switched off, and never to a page in a browser.',
      }),
    ),
  },
  { $id: 'LoginAnswer', title: 'LoginAnswer', description: 'A token for the session.' },
);
const ProofSchema = Type.Object({ userId: Type.Integer(), sessionId: Type.String() });

export const authRoutes: readonly Route[] = [
  route({
    method: 'POST',
    url: '/auth/login',
    operation: 'login',
    summary: 'Login: sign in, get a token and the cookie',
    description:
      'Sets the session cookie. Where `LATCHKEY_COOKIE_ENABLED` is `false` the answer has the credential as `cookie`, except to a page in a browser. Whatever is wrong, the answer is the same, in body and time.',
    access: open,
    body: Type.Object({ username: Type.String(), password: Type.String() }, closed),
    answers: { 200: LoginSchema },
    errors: ['INVALID_CREDENTIALS', 'TOO_MANY_REQUESTS', 'UNAVAILABLE'],
    handle: async (ctx, { body, request, reply }) => {
      const { answer, credential } = await login(ctx, { ...body, device: deviceOf(request) });
      if (ctx.cookie !== undefined) sendCookie(reply, ctx.cookie.set(credential));
      return ctx.cookie === undefined && !isBrowserPage(request) ? { ...answer, cookie: credential } : answer;
    },
  }),
  route({
    method: 'POST',
    url: '/auth/authenticate',
    operation: 'authenticate',
    summary: 'Authenticate: check a token and its cookie',
    description: 'For languages without a verifier library.',
    access: proven,
    answers: { 200: ProofSchema },
    told: { 200: 'Token and cookie prove this live session.' },
    handle: (_ctx, { caller }) => ({ userId: Number(caller.accountId), sessionId: caller.session.id }),
  }),
  route({
    method: 'POST',
    url: '/auth/who-am-i',
    operation: 'whoAmI',
    summary: 'WhoAmI: get a new token',
    description:
      "For the cookie's session. The session credential is proof enough, in the cookie or in `x-session-id`. A token that is sent along may have expired, but must belong to the same session. A service that got the cookie without a token sends the credential in `x-session-id`, and its service key as the bearer; `NO_PERMISSIONS` then says that the key is not known, and nothing of the session.",
    access: open,
    reads: 'session',
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
    summary: 'ClearSessionById: close a session',
    description: "One of the caller's own; an admin can close any.",
    access: proven,
    params: AuthSessionPath,
    query: Type.Object(confirmQuery, closed),
    answers: { 200: ConfirmationSchema, 204: undefined },
    told: { 204: 'The session is closed.' },
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
    summary: 'ClearAllSessionsExceptThemselves',
    description: "Closes the caller's other sessions; with `scope=all` an admin closes everybody's.",
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
    description:
      'Clears the cookie, unless that is of another system. The token may have expired, or be older than a change of its account: its session is what counts.',
    access: provenToLogOut,
    query: Type.Object(confirmQuery, closed),
    answers: { 200: ConfirmationSchema, 204: undefined },
    told: { 204: 'The session is closed.' },
    handle: async (ctx, { query, caller, request, reply }) => {
      checkWait(query);
      const seq = await signOut(ctx, caller.session.id);
      clearCookie(ctx, request, reply);
      return waitIfAsked(ctx, query, reply, seq);
    },
  }),
  route({
    method: 'GET',
    url: '/auth/sessions',
    operation: 'listSessions',
    summary: 'ListSessions: ids of the live sessions',
    description: `The public ids of the caller's; an admin gets everybody's. A longer list comes in pages: \`Link: rel="next"\` names the next one.`,
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
    told: { 200: 'Public ids of live sessions.' },
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
