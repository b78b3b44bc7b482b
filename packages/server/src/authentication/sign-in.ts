import type { Account } from '../identity/accounts/account.ts';
import { lookUpAccount } from '../identity/accounts/find-account.ts';
import { queueNotice } from '../identity/email-settings/queue-notice.ts';
import {
  type CheckOptions,
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
  /** A login, a verified e-mail address, or an account's id. */
  readonly login: string;
  readonly password: string;
  readonly device: Device;
  /** Whether every failure takes the time of a wrong password and is reported as one. */
  readonly uniform?: boolean;
  /** Whether a one-time password is accepted too; false by default. */
  readonly oneTime?: boolean;
}

/**
 * Checks the password and opens a session. An outdated hash, or one made elsewhere, is replaced. The owner
 * gets a mail about a kind of device that is new for the account. Throws WRONG_LOGIN for an unknown or
 * disabled account, WRONG_PASSWORD, TOO_MANY_REQUESTS after too many wrong ones, and UNAVAILABLE when too
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
    const session = await openIfUnchanged(ctx, account, check, input.device, { uniform });
    if (session !== undefined) return session;
    // Another sign-in with the right password may just have replaced an outdated hash.
    const now = await ctx.read.passwords.find(account.id);
    if (left === 0 || now?.hash === check.password.hash) throw new AppError('WRONG_PASSWORD');
  }
}

/** Opens a session if what held when the password was checked still holds; otherwise undefined. */
function openIfUnchanged(
  ctx: Context,
  account: Account,
  check: PasswordCheck,
  device: Device,
  options: CheckOptions,
): Promise<Session | undefined> {
  return ctx.transaction(async (tx) => {
    const locked = await tx.accounts.lock(account.id);
    if (locked === undefined || !locked.active || !(await confirmPassword(ctx, tx, check, options))) {
      return undefined;
    }
    await renewHash(tx, check);
    await tellOfNewDevice(ctx, tx, locked, device);
    return openSession(ctx, tx, { accountId: account.id, device, amr: ['pwd'] });
  });
}

/** How many of the account's last sessions are searched for known devices. */
const knownSessions = 50;

/** Mails the owner about a new kind of device, except at the account's first sign-in. */
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
