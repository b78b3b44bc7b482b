import type { Account } from '../identity/accounts/account.ts';
import { lookUpAccount } from '../identity/accounts/find-account.ts';
import { queueNotice } from '../identity/email-settings/queue-notice.ts';
import {
  type CheckManner,
  checkPassword,
  confirmPassword,
  type PasswordCheck,
  renewHash,
} from '../identity/passwords/check-password.ts';
import { findTempPassword } from '../identity/passwords/temp-password.ts';
import type { Context, Transaction } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { openSession } from '../sessions/open-session.ts';
import { type Device, isSameMake, type Session } from '../sessions/session.ts';
import { openTempSession } from './open-temp-session.ts';

/** How often a password is compared again because its hash was replaced meanwhile. */
const maxRepeats = 2;

export interface SignInInput {
  /** A login or an account's id. */
  readonly login: string;
  readonly password: string;
  readonly device: Device;
  /** Whether all that can be wrong takes as long as a wrong password, and is called one. */
  readonly uniform?: boolean;
  /** Whether a one-time password is taken as well; not unless told. */
  readonly oneTime?: boolean;
}

/**
 * Opens a session for whoever knows the password. A hash that is outdated, or was made elsewhere, is replaced on the
 * way, and a device of a make that the account has not used is told to its owner by mail. Throws WRONG_LOGIN for an
 * unknown or disabled account, WRONG_PASSWORD, TOO_MANY_REQUESTS after too many wrong ones, and UNAVAILABLE when too
 * many sign-ins wait.
 */
export async function signIn(ctx: Context, input: SignInInput): Promise<Session> {
  const uniform = input.uniform ?? ctx.policy.hideAccounts;
  const found = await lookUpAccount(ctx, input.login);
  const account = uniform && !found?.active ? undefined : found;
  if (account === undefined && !uniform) throw new AppError('WRONG_LOGIN');
  const temp = input.oneTime && (await findTempPassword(ctx, account?.id, input.password));
  if (account?.active && temp) return openTempSession(ctx, temp, input.device);
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
    await tellOfNewDevice(ctx, tx, held, device);
    return openSession(ctx, tx, { accountId: account.id, device, amr: ['pwd'] });
  });
}

/** How many of an account's last sessions tell which devices it knows. */
const knownSessions = 50;

/** An account's first sign-in is nothing new. */
async function tellOfNewDevice(
  ctx: Context,
  tx: Transaction,
  account: Account,
  device: Device,
): Promise<void> {
  const known = await tx.sessions.listDevices(account.id, knownSessions);
  if (known.length === 0 || known.some((other) => isSameMake(other, device))) return;
  await queueNotice(ctx, tx, { kind: 'new-device', account, values: { ...device } });
}
