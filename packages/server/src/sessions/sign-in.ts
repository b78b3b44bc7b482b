import type { Account } from '../accounts/account.ts';
import { lookUpAccount } from '../accounts/find-account.ts';
import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import {
  type CheckManner,
  checkPassword,
  confirmPassword,
  type PasswordCheck,
  renewHash,
} from '../passwords/check-password.ts';
import { openSession } from './open-session.ts';
import type { Device, Session } from './session.ts';

/** How often a password is compared again because its hash was replaced meanwhile. */
const maxRepeats = 2;

export interface SignInInput {
  /** A login or an account's id. */
  readonly login: string;
  readonly password: string;
  readonly device: Device;
  /** Whether all that can be wrong takes as long as a wrong password, and is called one. */
  readonly uniform?: boolean;
}

/**
 * Opens a session for whoever knows the password. A hash that is outdated, or was made elsewhere, is replaced on
 * the way. Throws WRONG_LOGIN for an unknown or disabled account, WRONG_PASSWORD, TOO_MANY_REQUESTS after too many
 * wrong ones, and UNAVAILABLE when too many sign-ins wait.
 */
export async function signIn(ctx: Context, input: SignInInput): Promise<Session> {
  const uniform = input.uniform ?? ctx.policy.hideAccounts;
  const found = await lookUpAccount(ctx, input.login);
  const account = uniform && !found?.active ? undefined : found;
  if (account === undefined && !uniform) throw new AppError('WRONG_LOGIN');
  for (let left = maxRepeats; ; left -= 1) {
    const check = await checkPassword(ctx, account?.id, input.password, { uniform });
    if (account === undefined || check === undefined) throw new AppError('WRONG_PASSWORD');
    if (!account.active) throw new AppError('WRONG_LOGIN');
    const session = await openChecked(ctx, account, check, input.device, { uniform });
    if (session !== undefined) return session;
    // Another sign-in with the right password may just have replaced an outdated hash.
    const now = await ctx.read.passwords.find(account.id);
    if (left === 0 || now?.hash === check.password.hash) throw new AppError('WRONG_PASSWORD');
  }
}

/** What was true when the password was checked must still hold when the session opens; undefined when it does not. */
function openChecked(
  ctx: Context,
  account: Account,
  check: PasswordCheck,
  device: Device,
  manner: CheckManner,
): Promise<Session | undefined> {
  return ctx.transaction(async (tx) => {
    const held = await tx.accounts.lock(account.id);
    if (held === undefined || !held.active || !(await confirmPassword(ctx, tx, check, manner))) {
      return undefined;
    }
    await renewHash(tx, check);
    return openSession(ctx, tx, { accountId: account.id, device, amr: ['pwd'] });
  });
}
