import type { SentCredentials } from '@latchkey/verify/internal';
import type { FastifyRequest } from 'fastify';
import { authenticate, authenticateToLogOut } from '../authentication/authenticate.ts';
import { AppError, type ErrorCode } from '../kernel/errors.ts';
import { authenticateService } from '../log/services/authenticate-service.ts';
import { findLiveSession } from '../sessions/find-live-session.ts';
import type { SessionMoment } from '../sessions/session.ts';
import { type AccessKind, type Caller, callerOf, type Loaded } from './access.ts';
import type { HttpContext } from './context.ts';
import { listCredentials, readCredentials, readToken } from './credentials.ts';

type Load<T> = (ctx: HttpContext, request: FastifyRequest) => Promise<T> | T;

/** Loads who calls, by the kind of the route's access. Each throws for the credentials that its kind refuses. */
export const loaders: { readonly [Kind in AccessKind]: Load<Loaded[Kind]> } = {
  nothing: () => undefined,
  anybody: loadIfLive,
  session: loadSession,
  proof: async (ctx, request) => {
    const { token, credential } = readCredentials(request, ctx.cookie);
    return noteUse(ctx, await authenticate(ctx, { token, credential }));
  },
  ending: async (ctx, request) => {
    const sent = { token: readToken(request), credentials: listCredentials(request, ctx.cookie) };
    return callerOf(await authenticateToLogOut(ctx, sent));
  },
  service: (ctx, request) => authenticateService(ctx, readToken(request)),
};

/** Throws SESSION_NOT_FOUND for a dead credential, and TOKEN_STALE for a token that its holder has to refresh. */
async function loadSession(ctx: HttpContext, request: FastifyRequest): Promise<Caller | undefined> {
  const sent = readCredentials(request, ctx.cookie);
  if (isAnonymous(sent)) return undefined;
  const moment = await find(ctx, sent, ['INVALID_CREDENTIALS']);
  if (moment === undefined) throw new AppError('SESSION_NOT_FOUND');
  return noteUse(ctx, moment);
}

/** With a dead credential or a stale token the request is anonymous. */
async function loadIfLive(ctx: HttpContext, request: FastifyRequest): Promise<Caller | undefined> {
  const sent = readCredentials(request, ctx.cookie);
  if (isAnonymous(sent)) return undefined;
  const moment = await find(ctx, sent, ['INVALID_CREDENTIALS', 'TOKEN_STALE']);
  return moment && noteUse(ctx, moment);
}

function isAnonymous({ credential, token }: SentCredentials): boolean {
  return credential === undefined && token === undefined;
}

function noteUse(ctx: HttpContext, moment: SessionMoment): Caller {
  ctx.uses.note(moment.session);
  return callerOf(moment);
}

/** The live session that the credentials prove. A token that is refused with one of the codes counts as none. */
function find(
  ctx: HttpContext,
  { token, credential }: SentCredentials,
  refusals: readonly ErrorCode[],
): Promise<SessionMoment | undefined> | undefined {
  if (token === undefined) return findById(ctx, credential!);
  return authenticate(ctx, { token, credential }).catch((error: unknown) => {
    if (error instanceof AppError && refusals.includes(error.code)) return undefined;
    throw error;
  });
}

function findById(ctx: HttpContext, credential: string): Promise<SessionMoment | undefined> | undefined {
  const id = ctx.credentials.verify(credential);
  return id && findLiveSession(ctx, id);
}
