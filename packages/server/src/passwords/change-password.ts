import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import type { AccountId } from '../kernel/ids.ts';
import { endSessions } from '../sessions/end-sessions.ts';
import { openSession } from '../sessions/open-session.ts';
import type { Device, Session } from '../sessions/session.ts';
import { checkPassword } from './check-password.ts';
import { checkNewPassword } from './password.ts';

export interface ChangePasswordInput {
  readonly accountId: AccountId;
  readonly oldPassword: string;
  readonly newPassword: string;
  readonly device: Device;
}

/**
 * Replaces the password, closes all sessions of the account and opens a fresh one for the caller. Throws
 * WRONG_PASSWORD, what `checkNewPassword` throws, and CONFLICT when the password was changed meanwhile.
 */
export async function changePassword(ctx: Context, input: ChangePasswordInput): Promise<Session> {
  const { accountId, device } = input;
  const account = await ctx.read.accounts.find(accountId);
  if (account === undefined) throw new AppError('NOT_FOUND');
  const words = [account.login, account.login.split('@')[0]!, account.name, 'latchkey'];
  const password = checkNewPassword(input.newPassword, ctx.policy.passwordMinLength, { words });
  const check = await checkPassword(ctx, accountId, input.oldPassword);
  if (check === undefined) throw new AppError('WRONG_PASSWORD');
  const hash = await ctx.hasher.hash(password);
  return ctx.transaction(async (tx) => {
    await tx.accounts.lock(accountId);
    const changed = { accountId, hash, changeTime: ctx.clock.now() };
    if (!(await tx.passwords.replace(changed, check.password.hash))) throw new AppError('CONFLICT');
    const session = await openSession(ctx, tx, { accountId, device, amr: ['pwd'] });
    await endSessions(ctx, tx, { accountId, except: session.id }, 'password-changed');
    return session;
  });
}
