import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import type { SessionCredential } from '../kernel/ids.ts';
import { findLiveSession } from '../sessions/find-live-session.ts';
import { isRestricted, type Session } from '../sessions/session.ts';
import { issueToken, type TokenAnswer } from './issue-token.ts';

/**
 * WhoAmI: a new token for the credential's live session. A token that is sent along may have expired, but must be
 * ours and bound to the same credential: a refresh never changes who somebody is. A session that a one-time password
 * opened gets none. Throws INVALID_CREDENTIALS.
 */
export async function whoAmI(
  ctx: Context,
  input: { readonly credential: string | undefined; readonly token: string | undefined },
): Promise<{ readonly answer: TokenAnswer; readonly session: Session }> {
  const { credential, token } = input;
  const id = credential && ctx.credentials.verify(credential);
  if (!credential || !id) throw new AppError('INVALID_CREDENTIALS');
  if (token !== undefined && ctx.tokens.verify(token, credential, { ignoreExpiry: true }) === undefined) {
    throw new AppError('INVALID_CREDENTIALS');
  }
  const moment = await findLiveSession(ctx, id);
  if (moment === undefined || isRestricted(moment.session)) throw new AppError('INVALID_CREDENTIALS');
  return { answer: issueToken(ctx, moment, credential as SessionCredential), session: moment.session };
}
