import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { endSessions } from '../sessions/end-sessions.ts';
import { openSession } from '../sessions/open-session.ts';
import type { Device, Session } from '../sessions/session.ts';
import { checkNewPassword } from './check-new-password.ts';
import { checkPassword, confirmPassword } from './check-password.ts';

export interface ChangePasswordInput {
  /** The caller's. */
  readonly session: Pick<Session, 'id' | 'accountId'>;
  readonly oldPassword: string;
  readonly newPassword: string;
  readonly device: Device;
}

/**
 * Replaces the password, closes all sessions of the account and opens a fresh one for the caller. Throws
 * WRONG_PASSWORD, TOO_MANY_REQUESTS after too many wrong ones, what `checkNewPassword` throws, and, when they happened
 * meanwhile, CONFLICT for another change of the password and SESSION_NOT_FOUND for the end of the caller's session.
 */
export async function changePassword(ctx: Context, input: ChangePasswordInput): Promise<Session> {
  const { device } = input;
  const { id, accountId } = input.session;
  const account = await ctx.read.accounts.find(accountId);
  if (account === undefined) throw new AppError('NOT_FOUND');
  const password = checkNewPassword(input.newPassword, ctx.policy.passwordMinLength, account);
  const check = await checkPassword(ctx, accountId, input.oldPassword);
  if (check === undefined) throw new AppError('WRONG_PASSWORD');
  const hash = await ctx.hasher.hash(password);
  return ctx.transaction(async (tx) => {
    await tx.accounts.lock(accountId);
    if (!(await confirmPassword(ctx, tx, check))) throw new AppError('CONFLICT');
    const changed = { accountId, hash, changeTime: ctx.clock.now() };
    if (!(await tx.passwords.replace(changed, check.password.hash))) throw new AppError('CONFLICT');
    const { ended } = await endSessions(ctx, tx, { accountId }, 'password-changed');
    // Whoever was signed out meanwhile, or whose account was disabled, gets no fresh session.
    if (!ended.some((session) => session.id === id)) throw new AppError('SESSION_NOT_FOUND');
    return openSession(ctx, tx, { accountId, device, amr: ['pwd'] });
  });
}
