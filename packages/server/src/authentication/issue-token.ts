import type { Context } from '../kernel/context.ts';
import type { SessionCredential, SessionId } from '../kernel/ids.ts';
import type { SessionMoment } from '../sessions/session.ts';

/** What Login and WhoAmI answer. */
export interface TokenAnswer {
  readonly token: string;
  /** Unix seconds. */
  readonly expiresAt: number;
  readonly userId: number;
  readonly sessionId: SessionId;
}

/** A new token for a live session, by what was read of it in one moment. */
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
