import type { SentCredentials } from '@latchkey/verify/internal';
import type { FastifyRequest } from 'fastify';
import { authenticate } from '../authentication/authenticate.ts';
import { AppError } from '../kernel/errors.ts';
import { authenticateService, type ProvenService } from '../log/services/authenticate-service.ts';
import { findLiveSession } from '../sessions/find-live-session.ts';
import { isRestricted, type SessionMoment } from '../sessions/session.ts';
import { type Access, type Caller, callerOf } from './access.ts';
import type { HttpContext } from './context.ts';
import { readCredentials } from './credentials.ts';

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
): (request: FastifyRequest) => Promise<void> {
  const strict = access.words !== 'anybody';
  return async (request) => {
    if (access.load === 'session') request.caller = await loadSession(ctx, request, strict);
    else if (access.load === 'proof') request.caller = await loadProof(ctx, request);
    else if (access.load === 'service') request.service = await loadService(ctx, request);
    if (strict && request.caller && isRestricted(request.caller.session) && !access.restricted) {
      throw new AppError('PASSWORD_CHANGE_REQUIRED');
    }
    access.check(request.caller, request);
  };
}

/** Part A: a dead credential is SESSION_NOT_FOUND, or where anybody may call an anonymous request. */
async function loadSession(
  ctx: HttpContext,
  request: FastifyRequest,
  strict: boolean,
): Promise<Caller | undefined> {
  const sent = readCredentials(request, ctx.cookie);
  const { token, credential } = sent;
  if (credential === undefined && token === undefined) return undefined;
  const moment = await (token === undefined ? findById(ctx, credential!) : findByToken(ctx, sent, strict));
  if (moment !== undefined) {
    ctx.uses.note(moment.session);
    return callerOf(moment);
  }
  if (strict) throw new AppError('SESSION_NOT_FOUND');
  return undefined;
}

function findById(ctx: HttpContext, credential: string): Promise<SessionMoment | undefined> | undefined {
  const id = ctx.credentials.verify(credential);
  return id && findLiveSession(ctx, id);
}

async function findByToken(
  ctx: HttpContext,
  { token, credential }: SentCredentials,
  strict: boolean,
): Promise<SessionMoment | undefined> {
  try {
    return await authenticate(ctx, { token, credential });
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
  const { token, credential } = readCredentials(request, ctx.cookie);
  const moment = await authenticate(ctx, { token, credential });
  ctx.uses.note(moment.session);
  return callerOf(moment);
}

function loadService(ctx: HttpContext, request: FastifyRequest): Promise<ProvenService> {
  return authenticateService(ctx, readCredentials(request, undefined).token);
}
