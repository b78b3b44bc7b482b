import type { Context } from '../kernel/context.ts';
import type { SessionCredential, SessionId } from '../kernel/ids.ts';
import type { SessionMoment } from '../sessions/session.ts';

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
    authTime: session.authTime,
    expireTime: session.expireTime,
    amr: session.amr,
  });
  return { ...issued, userId: Number(session.accountId), sessionId: session.id };
}
