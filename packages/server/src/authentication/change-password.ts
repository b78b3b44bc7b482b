import { mostWrongCodes } from '../identity/codes/code.ts';
import { queueNotice } from '../identity/email-settings/queue-notice.ts';
import { checkNewPassword } from '../identity/passwords/check-new-password.ts';
import { checkPassword, confirmPassword } from '../identity/passwords/check-password.ts';
import type { Password } from '../identity/passwords/password.ts';
import { putPassword } from '../identity/passwords/put-password.ts';
import type { Context, Transaction } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { cutOffAccount } from '../sessions/end-sessions.ts';
import { openSession } from '../sessions/open-session.ts';
import { type Device, isRestricted, type Session } from '../sessions/session.ts';

export interface ChangePasswordInput {
  /** The caller's. */
  readonly session: Pick<Session, 'id' | 'accountId' | 'amr'>;
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
  const release = await (isRestricted(input.session) ? checkTemp(ctx, input) : checkOld(ctx, input));
  const hash = await ctx.hasher.hash(password);
  return ctx.transaction(async (tx) => {
    await tx.accounts.lock(accountId);
    await release(tx, { accountId, hash, changeTime: ctx.clock.now() });
    await tx.codes.remove(accountId, 'temp-password');
    await queueNotice(ctx, tx, { kind: 'password-changed', account });
    const { ended } = await cutOffAccount(ctx, tx, accountId, 'password-changed');
    // Whoever was signed out meanwhile, or whose account was disabled, gets no fresh session.
    if (!ended.some((session) => session.id === id)) throw new AppError('SESSION_NOT_FOUND');
    return openSession(ctx, tx, { accountId, device, amr: ['pwd'] });
  });
}

/** Puts the new password in the place of the one that was checked. Throws CONFLICT when that has changed meanwhile. */
type Release = (tx: Transaction, changed: Password) => Promise<void>;

async function checkOld(ctx: Context, { session, oldPassword }: ChangePasswordInput): Promise<Release> {
  const check = await checkPassword(ctx, session.accountId, oldPassword);
  if (check === undefined) throw new AppError('WRONG_PASSWORD');
  return async (tx, changed) => {
    const still = await confirmPassword(ctx, tx, check);
    if (!still || !(await tx.passwords.replace(changed, check.password.hash))) throw new AppError('CONFLICT');
  };
}

/** In the session that a one-time password opened, that is the old one. */
async function checkTemp(ctx: Context, { session, oldPassword }: ChangePasswordInput): Promise<Release> {
  const { id, accountId } = session;
  const code = await ctx.read.codes.find(accountId, 'temp-session');
  if (code?.subject !== id || code.hash !== ctx.codes.hash(oldPassword)) throw new AppError('WRONG_PASSWORD');
  return async (tx, changed) => {
    if (!(await tx.codes.use(code, ctx.clock.now(), mostWrongCodes))) throw new AppError('CONFLICT');
    await putPassword(tx, changed);
  };
}
