import type { Context } from '../kernel/context.ts';
import type { SessionCredential, SessionId } from '../kernel/ids.ts';
import { endOf, type SessionMoment } from '../sessions/session.ts';

/** The answer of Login and WhoAmI. */
export interface TokenAnswer {
  readonly token: string;
  /** Unix seconds. */
  readonly expiresAt: number;
  readonly userId: number;
  readonly sessionId: SessionId;
}

/** Issues a token for a live session, from what was read of it at one moment. */
export function issueToken(ctx: Context, moment: SessionMoment, credential: SessionCredential): TokenAnswer {
  const { session, user, rev } = moment;
  const issued = ctx.tokens.issue({
    accountId: session.accountId,
    sessionId: session.id,
    credential,
    roles: user.roles,
    rev,
    authTime: ctx.clock.past(session.authTime),
    expireTime: Math.min(session.expireTime, ctx.clock.now() + endOf(session, ctx.clock)),
    amr: session.amr,
  });
  return { ...issued, userId: Number(session.accountId), sessionId: session.id };
}
