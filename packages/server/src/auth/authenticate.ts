import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { findLiveSession } from '../sessions/find-live-session.ts';
import type { SessionMoment } from '../sessions/session.ts';

/** The live session that token and credential prove together. Throws INVALID_CREDENTIALS when anything is not right. */
export async function authenticate(
  ctx: Context,
  input: { readonly token: string | undefined; readonly credential: string | undefined },
): Promise<SessionMoment> {
  const { token, credential } = input;
  const signed = token && credential && ctx.credentials.verify(credential);
  const proof = signed ? ctx.tokens.verify(token, credential) : undefined;
  const moment = proof && (await findLiveSession(ctx, proof.sessionId));
  if (proof === undefined || moment === undefined || moment.session.accountId !== proof.accountId) {
    throw new AppError('INVALID_CREDENTIALS');
  }
  return moment;
}
