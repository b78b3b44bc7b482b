import type { Account } from '../accounts/account.ts';
import { lookUpAccount } from '../accounts/find-account.ts';
import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { checkPassword, type PasswordCheck } from '../passwords/check-password.ts';
import { openSession } from './open-session.ts';
import type { Device, Session } from './session.ts';

export interface SignInInput {
  /** A login or an account's id. */
  readonly login: string;
  readonly password: string;
  readonly device: Device;
  /** Whether an unknown login takes as long as a wrong password, and is called one. */
  readonly uniform?: boolean;
}

/**
 * Opens a session for whoever knows the password. A hash with outdated parameters is replaced on the way. Throws
 * WRONG_LOGIN for an unknown or disabled account, WRONG_PASSWORD, and UNAVAILABLE when too many sign-ins wait.
 */
export async function signIn(ctx: Context, input: SignInInput): Promise<Session> {
  const uniform = input.uniform ?? ctx.policy.hideAccounts;
  const account = await lookUpAccount(ctx, input.login);
  if (account === undefined && !uniform) throw new AppError('WRONG_LOGIN');
  const check = await checkPassword(ctx, account?.id, input.password);
  if (account === undefined || check === undefined) throw new AppError('WRONG_PASSWORD');
  if (!account.active) throw new AppError(uniform ? 'WRONG_PASSWORD' : 'WRONG_LOGIN');
  return openChecked(ctx, account, check, input.device);
}

/** What was true when the password was checked must still hold when the session opens. */
function openChecked(ctx: Context, account: Account, check: PasswordCheck, device: Device): Promise<Session> {
  return ctx.transaction(async (tx) => {
    const held = await tx.accounts.lock(account.id);
    const password = await tx.passwords.find(account.id);
    if (held === undefined || !held.active || password?.hash !== check.password.hash) {
      throw new AppError('WRONG_PASSWORD');
    }
    if (check.newHash !== undefined) {
      await tx.passwords.replace({ ...password, hash: check.newHash }, password.hash);
    }
    return openSession(ctx, tx, { accountId: account.id, device, amr: ['pwd'] });
  });
}
