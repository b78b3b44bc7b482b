import * as sent from '@latchkey/verify/internal';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type SessionCookie, sendCookie } from '../http/cookies.ts';
import { AppError } from '../kernel/errors.ts';
import type { HttpContext } from './context.ts';

const noCookies: readonly string[] = [];

/**
 * The credentials of a request, read as every verifier reads them. The token is empty where it cannot be one. Throws
 * AMBIGUOUS_CREDENTIALS.
 */
export function readCredentials(
  { raw }: FastifyRequest,
  cookie: SessionCookie | undefined,
): sent.SentCredentials {
  const credentials = sent.readCredentials(raw.rawHeaders, cookie?.names ?? noCookies);
  if (credentials.wrong === 'ambiguous-credentials') throw new AppError('AMBIGUOUS_CREDENTIALS');
  return credentials;
}

/** Every session credential that a request brings, each once, for signing out. */
export function listCredentials(
  { raw }: FastifyRequest,
  cookie: SessionCookie | undefined,
): readonly string[] {
  const listed = sent.listCredentials(raw.rawHeaders, cookie?.names ?? noCookies);
  return [...new Set([...listed.header, ...listed.cookie])];
}

/** The one token of a request; empty where it cannot be one. Throws AMBIGUOUS_CREDENTIALS. */
export function readToken({ raw }: FastifyRequest): string | undefined {
  const { tokens } = sent.listCredentials(raw.rawHeaders, noCookies);
  if (tokens.length > 1) throw new AppError('AMBIGUOUS_CREDENTIALS');
  return tokens[0];
}

/**
 * Clears the session cookie, for signing out alone: the late answer to any other request would delete a newer one. A
 * cookie that no key of ours has signed stays. It is of another system, as of a second instance on localhost: cookies
 * do not tell ports apart.
 */
export function clearCookie(ctx: HttpContext, { raw }: FastifyRequest, reply: FastifyReply): void {
  if (ctx.cookie === undefined) return;
  const { cookie } = sent.listCredentials(raw.rawHeaders, ctx.cookie.names);
  const isOurs = cookie.length === 0 || cookie.some((value) => ctx.credentials.verify(value) !== undefined);
  if (isOurs) sendCookie(reply, ctx.cookie.clear);
}
