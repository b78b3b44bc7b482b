import type { FastifyReply, FastifyRequest } from 'fastify';
import { sendCookie } from '../../http/cookies.ts';
import { AppError } from '../../kernel/errors.ts';
import type { SessionId } from '../../kernel/ids.ts';
import { findLiveSession } from '../../sessions/find-live-session.ts';
import type { SessionMoment } from '../../sessions/session.ts';
import type { HttpContext } from '../context.ts';
import { sessionJson } from './session-json.ts';

/** What the answer to a request that opens a session is, for the reference. */
export const openedWords =
  'The new session. `id` is its credential, to be sent back as `x-session-id`; a page in a browser gets the public id, unless it belongs to an application in `LATCHKEY_ALLOWED_ORIGINS`.';

/** Answers a request that has opened a session: with the session, and with its cookie. */
export async function answerOpened(
  ctx: HttpContext,
  id: SessionId,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<object> {
  const found = await findLiveSession(ctx, id);
  if (found === undefined) throw new AppError('SESSION_NOT_FOUND');
  if (ctx.cookie !== undefined) sendCookie(reply, ctx.cookie.set(ctx.credentials.sign(id)));
  return sessionAnswer(ctx, found, true, request);
}

/**
 * A session for a caller that may use it. To its own account the id is the credential, so that an API client or an
 * application can send it back; a page in a browser gets the public id, because its credential stays in the cookie.
 */
export function sessionAnswer(
  ctx: HttpContext,
  found: SessionMoment,
  own: boolean,
  request: FastifyRequest,
): object {
  const { id } = found.session;
  return sessionJson(found, own && ctx.origins.senderOf(request) !== 'page' ? ctx.credentials.sign(id) : id);
}
