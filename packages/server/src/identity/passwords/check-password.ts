import type { Context, Transaction } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';
import type { AccountId } from '../../kernel/ids.ts';
import { normalizePassword, type StoredPassword } from './password.ts';
import { isBlocked, noTries, tooManyTriesError, tryLimits } from './tries.ts';

/** A password that matched. */
export interface PasswordCheck {
  readonly password: StoredPassword;
  /** A new hash, when the stored one is outdated or was made elsewhere. */
  readonly newHash?: string;
}

/** How a check answers callers who must not learn which accounts exist. */
export interface CheckOptions {
  /** Whether a blocked password looks like a wrong one, and all failures take the same time. */
  readonly uniform?: boolean;
}

/**
 * Compares a text with the account's password. Undefined when it is wrong, which is counted. Takes the same
 * time without an account, and for text that cannot be a password. `confirmPassword` uses the result, in the
 * transaction that acts on it. Throws UNAVAILABLE when too many checks are waiting and, unless `uniform`,
 * TOO_MANY_REQUESTS while the password is blocked after too many wrong tries.
 */
export async function checkPassword(
  ctx: Context,
  accountId: AccountId | undefined,
  text: string,
  { uniform = false }: CheckOptions = {},
): Promise<PasswordCheck | undefined> {
  const stored = accountId === undefined ? undefined : await ctx.read.passwords.find(accountId);
  const blocked = stored !== undefined && isBlocked(stored.tries, ctx.clock);
  if (blocked && !uniform) throw tooManyTriesError(stored.tries, ctx.clock);
  const normal = tryNormalize(text);
  const { matches, outdated } = await ctx.hasher.verify(
    normal ?? '',
    normal === undefined ? undefined : stored?.hash,
  );
  if (stored === undefined || blocked || !matches) {
    await countFailure(ctx, stored, uniform);
    return undefined;
  }
  return outdated ? { password: stored, newHash: await ctx.hasher.hash(normal!) } : { password: stored };
}

/**
 * Whether the password that matched is still the account's; resets its count of wrong tries. The limits hold
 * for tries that run side by side as well: when too many wrong ones came meanwhile it throws
 * TOO_MANY_REQUESTS, or returns false if `uniform`.
 */
export async function confirmPassword(
  ctx: Context,
  tx: Transaction,
  check: PasswordCheck,
  { uniform = false }: CheckOptions = {},
): Promise<boolean> {
  const { accountId, hash } = check.password;
  const password = await tx.passwords.find(accountId);
  if (password?.hash !== hash) return false;
  if (isBlocked(password.tries, ctx.clock)) {
    if (uniform) return false;
    throw tooManyTriesError(password.tries, ctx.clock);
  }
  if (password.tries.failures > 0) await tx.passwords.forgive(accountId);
  return true;
}

/** Stores the new hash, if there is one. Call it after `confirmPassword`. */
export async function renewHash(tx: Transaction, { password, newHash }: PasswordCheck): Promise<void> {
  if (newHash !== undefined) await tx.passwords.replace({ ...password, hash: newHash }, password.hash);
}

async function countFailure(
  ctx: Context,
  stored: StoredPassword | undefined,
  uniform: boolean,
): Promise<void> {
  if (stored === undefined && !uniform) return;
  // A wait of a clock that was ahead is over, and may still be stored.
  const over = stored && !isBlocked(stored.tries, ctx.clock) ? stored.tries.waitUntil : 0;
  const time = { now: ctx.clock.now(), over };
  const tries = await ctx.transaction(async (tx) => {
    if (stored && (await tx.passwords.countFailure(stored.accountId, time, tryLimits))) return undefined;
    // This write takes as long as that of a counted try.
    if (uniform) await tx.passwords.countNowhere();
    return (stored && (await tx.passwords.find(stored.accountId)))?.tries ?? noTries;
  });
  if (tries !== undefined && !uniform && isBlocked(tries, ctx.clock))
    throw tooManyTriesError(tries, ctx.clock);
}

function tryNormalize(text: string): string | undefined {
  try {
    return normalizePassword(text);
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
}
