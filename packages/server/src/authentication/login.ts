import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import type { SessionCredential } from '../kernel/ids.ts';
import { findLiveSession } from '../sessions/find-live-session.ts';
import type { Device, Session } from '../sessions/session.ts';
import { issueToken, type TokenAnswer } from './issue-token.ts';
import { signIn } from './sign-in.ts';

export interface LoginInput {
  readonly username: string;
  readonly password: string;
  readonly device: Device;
}

/**
 * Login: opens a session and issues its first token. Whatever is wrong with name or password, it throws the same
 * INVALID_CREDENTIALS after the same time; UNAVAILABLE when too many sign-ins wait.
 */
export async function login(
  ctx: Context,
  input: LoginInput,
): Promise<{ readonly answer: TokenAnswer; readonly credential: SessionCredential }> {
  const { username, password, device } = input;
  const session = await uniformly(signIn(ctx, { login: username, password, device, uniform: true }));
  const moment = await findLiveSession(ctx, session.id);
  if (moment === undefined) throw new AppError('INVALID_CREDENTIALS');
  const credential = ctx.credentials.sign(session.id);
  return { answer: issueToken(ctx, moment, credential), credential };
}

async function uniformly(attempt: Promise<Session>): Promise<Session> {
  try {
    return await attempt;
  } catch (error) {
    if (error instanceof AppError && ['WRONG_LOGIN', 'WRONG_PASSWORD'].includes(error.code)) {
      throw new AppError('INVALID_CREDENTIALS');
    }
    throw error;
  }
}
