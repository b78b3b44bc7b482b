import type { FastifyReply, FastifyRequest } from 'fastify';
import { authenticate } from '../authentication/authenticate.ts';
import { sendCookie } from '../http/cookies.ts';
import { AppError } from '../kernel/errors.ts';
import { authenticateService, type ProvenService } from '../log/services/authenticate-service.ts';
import { findLiveSession } from '../sessions/find-live-session.ts';
import { isRestricted, type SessionMoment } from '../sessions/session.ts';
import { type Access, type Caller, callerOf } from './access.ts';
import type { HttpContext } from './context.ts';
import { type Presented, readCredentials } from './credentials.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who calls; undefined for an anonymous request. */
    caller: Caller | undefined;
    /** The calling service, on routes for services. */
    service: ProvenService | undefined;
  }
}

/** Loads who calls, before anything else of the request is read, and refuses whoever may not. */
export function createCallerLoader(
  ctx: HttpContext,
  access: Access,
): (request: FastifyRequest, reply: FastifyReply) => Promise<void> {
  const strict = access.words !== 'anybody';
  return async (request, reply) => {
    if (access.load === 'session') request.caller = await loadSession(ctx, request, reply, strict);
    else if (access.load === 'proof') request.caller = await loadProof(ctx, request);
    else if (access.load === 'service') request.service = await loadService(ctx, request);
    if (strict && request.caller && isRestricted(request.caller.session) && !access.restricted) {
      throw new AppError('PASSWORD_CHANGE_REQUIRED');
    }
    access.check(request.caller, request);
  };
}

/** Part A: a dead credential is SESSION_NOT_FOUND, or where anybody may call an anonymous request whose dead cookie is cleared. */
async function loadSession(
  ctx: HttpContext,
  request: FastifyRequest,
  reply: FastifyReply,
  strict: boolean,
): Promise<Caller | undefined> {
  const presented = readCredentials(request, ctx.cookie);
  if (presented.credential === undefined && presented.bearer === undefined) return undefined;
  const { credential, bearer } = presented;
  const moment = await (bearer === undefined
    ? findById(ctx, credential!)
    : findByToken(ctx, presented, strict));
  if (moment !== undefined) {
    ctx.uses.note(moment.session);
    return callerOf(moment);
  }
  if (strict) throw new AppError('SESSION_NOT_FOUND');
  // With a token beside it the cookie may be as good as ever.
  if (presented.fromCookie && bearer === undefined) sendCookie(reply, ctx.cookie!.clear);
  return undefined;
}

function findById(ctx: HttpContext, credential: string): Promise<SessionMoment | undefined> | undefined {
  const id = ctx.credentials.verify(credential);
  return id && findLiveSession(ctx, id);
}

async function findByToken(
  ctx: HttpContext,
  { bearer, credential }: Presented,
  strict: boolean,
): Promise<SessionMoment | undefined> {
  try {
    return await authenticate(ctx, { token: bearer, credential });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    // A stale token is told, so that the caller refreshes it; where anybody may call it hinders nobody.
    const bad = error.code === 'INVALID_CREDENTIALS' || (error.code === 'TOKEN_STALE' && !strict);
    if (bad) return undefined;
    throw error;
  }
}

/** Part B: token and credential, always compared. */
async function loadProof(ctx: HttpContext, request: FastifyRequest): Promise<Caller> {
  const { bearer, credential } = readCredentials(request, ctx.cookie);
  const moment = await authenticate(ctx, { token: bearer, credential });
  ctx.uses.note(moment.session);
  return callerOf(moment);
}

function loadService(ctx: HttpContext, request: FastifyRequest): Promise<ProvenService> {
  return authenticateService(ctx, readCredentials(request, undefined).bearer);
}
