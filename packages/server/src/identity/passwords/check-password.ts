import type { Context, Transaction } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';
import type { AccountId } from '../../kernel/ids.ts';
import { normalizePassword, type StoredPassword } from './password.ts';
import { isHeld, noTries, tooManyTries, tryLimits } from './tries.ts';

/** A password that matched. */
export interface PasswordCheck {
  readonly password: StoredPassword;
  /** The hash by the present parameters, when the stored one is outdated or was made elsewhere. */
  readonly newHash?: string;
}

/** How a check behaves towards whoever is not to learn which accounts exist. */
export interface CheckManner {
  /** Whether a password that is held looks like a wrong one, and all failures take the same time. */
  readonly uniform?: boolean;
}

/**
 * Whether this is the account's password; undefined when it is not, which is counted. Takes the same time without an
 * account, and for text that no password can be. What matched is used by `confirmPassword`, in the transaction that
 * acts upon it. Throws TOO_MANY_REQUESTS while the password is held after too many wrong tries, unless `uniform`, and
 * UNAVAILABLE when too many are waiting.
 */
export async function checkPassword(
  ctx: Context,
  accountId: AccountId | undefined,
  text: string,
  { uniform = false }: CheckManner = {},
): Promise<PasswordCheck | undefined> {
  const stored = accountId === undefined ? undefined : await ctx.read.passwords.find(accountId);
  const held = stored !== undefined && isHeld(stored.tries, ctx.clock.now());
  if (held && !uniform) throw tooManyTries(stored.tries, ctx.clock.now());
  const normal = normalOf(text);
  const { matches, outdated } = await ctx.hasher.verify(
    normal ?? '',
    normal === undefined ? undefined : stored?.hash,
  );
  if (stored === undefined || held || !matches) {
    await countFailure(ctx, stored, uniform);
    return undefined;
  }
  return outdated ? { password: stored, newHash: await ctx.hasher.hash(normal!) } : { password: stored };
}

/**
 * Whether the password that matched still is the account's; what was counted against it is forgotten. Of tries that
 * run side by side only as many are told their outcome as the limits allow: throws TOO_MANY_REQUESTS when wrong ones
 * have come meanwhile, or says no if `uniform`.
 */
export async function confirmPassword(
  ctx: Context,
  tx: Transaction,
  check: PasswordCheck,
  { uniform = false }: CheckManner = {},
): Promise<boolean> {
  const { accountId, hash } = check.password;
  const password = await tx.passwords.find(accountId);
  if (password?.hash !== hash) return false;
  if (isHeld(password.tries, ctx.clock.now())) {
    if (uniform) return false;
    throw tooManyTries(password.tries, ctx.clock.now());
  }
  if (password.tries.failures > 0) await tx.passwords.forgive(accountId);
  return true;
}

/** Stores the hash by the present parameters, where there is one, after `confirmPassword`. */
export async function renewHash(tx: Transaction, { password, newHash }: PasswordCheck): Promise<void> {
  if (newHash !== undefined) await tx.passwords.replace({ ...password, hash: newHash }, password.hash);
}

async function countFailure(
  ctx: Context,
  stored: StoredPassword | undefined,
  uniform: boolean,
): Promise<void> {
  if (stored === undefined && !uniform) return;
  const now = ctx.clock.now();
  const tries = await ctx.transaction(async (tx) => {
    if (stored && (await tx.passwords.countFailure(stored.accountId, now, tryLimits))) return undefined;
    // It takes a write, as long as that of a try that counts.
    if (uniform) await tx.passwords.countNowhere();
    return (stored && (await tx.passwords.find(stored.accountId)))?.tries ?? noTries;
  });
  if (tries !== undefined && !uniform && isHeld(tries, now)) throw tooManyTries(tries, now);
}

function normalOf(text: string): string | undefined {
  try {
    return normalizePassword(text);
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
}
