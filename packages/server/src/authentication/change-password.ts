import { voidPasswordCodes } from '../identity/codes/void-password-codes.ts';
import { queueNotice } from '../identity/email-settings/queue-notice.ts';
import { checkPassword, confirmPassword } from '../identity/passwords/check-password.ts';
import { checkPasswordFor } from '../identity/passwords/check-password-for.ts';
import type { Password } from '../identity/passwords/password.ts';
import { putPassword } from '../identity/passwords/put-password.ts';
import type { Context, Transaction } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { cutOffAccount } from '../sessions/end-sessions.ts';
import { openSession } from '../sessions/open-session.ts';
import { type Device, isRestricted, type Session } from '../sessions/session.ts';

export interface ChangePasswordInput {
  /** The caller's session. */
  readonly session: Pick<Session, 'id' | 'accountId' | 'amr'>;
  readonly oldPassword: string;
  readonly newPassword: string;
  readonly device: Device;
}

/**
 * Replaces the password, closes all sessions of the account and opens a new one for the caller. Throws
 * NOT_FOUND, WRONG_PASSWORD, TOO_MANY_REQUESTS after too many wrong ones and what `checkNewPassword` throws;
 * CONFLICT when another change of the password came first, SESSION_NOT_FOUND when the caller's session has
 * ended meanwhile.
 */
export async function changePassword(ctx: Context, input: ChangePasswordInput): Promise<Session> {
  const { device } = input;
  const { id, accountId } = input.session;
  const account = await ctx.read.accounts.find(accountId);
  if (account === undefined) throw new AppError('NOT_FOUND');
  const password = await checkPasswordFor(ctx, account, input.newPassword);
  const replacePassword = await (isRestricted(input.session)
    ? checkTempPassword(ctx, input)
    : checkOldPassword(ctx, input));
  const hash = await ctx.hasher.hash(password);
  return ctx.transaction(async (tx) => {
    await tx.accounts.lock(accountId);
    await replacePassword(tx, { accountId, hash, changeTime: ctx.clock.now() });
    await voidPasswordCodes(tx, accountId);
    await queueNotice(ctx, tx, { kind: 'password-changed', account });
    const { ended } = await cutOffAccount(ctx, tx, accountId, 'password-changed');
    // A caller who was signed out or disabled meanwhile gets no new session.
    if (!ended.some((session) => session.id === id)) throw new AppError('SESSION_NOT_FOUND');
    return openSession(ctx, tx, { accountId, device, amr: ['pwd'] });
  });
}

/** Replaces the password that was checked. Throws CONFLICT when it has changed meanwhile. */
type ReplacePassword = (tx: Transaction, changed: Password) => Promise<void>;

async function checkOldPassword(
  ctx: Context,
  { session, oldPassword }: ChangePasswordInput,
): Promise<ReplacePassword> {
  const check = await checkPassword(ctx, session.accountId, oldPassword);
  if (check === undefined) throw new AppError('WRONG_PASSWORD');
  return async (tx, changed) => {
    const still = await confirmPassword(ctx, tx, check);
    if (!still || !(await tx.passwords.replace(changed, check.password.hash))) throw new AppError('CONFLICT');
  };
}

/** In a session that a one-time password opened, that password is the old one. */
async function checkTempPassword(
  ctx: Context,
  { session, oldPassword }: ChangePasswordInput,
): Promise<ReplacePassword> {
  const { id, accountId } = session;
  const code = await ctx.read.codes.find(accountId, 'temp-session', ctx.codes.hash(oldPassword));
  if (code?.subject !== id) throw new AppError('WRONG_PASSWORD');
  return async (tx, changed) => {
    if (!(await tx.codes.use(code, ctx.clock.holding(code.life)))) throw new AppError('CONFLICT');
    await putPassword(tx, changed);
  };
}
