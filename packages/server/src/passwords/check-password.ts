import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import type { AccountId } from '../kernel/ids.ts';
import { normalizePassword, type Password } from './password.ts';

/** A password that matched. */
export interface PasswordCheck {
  readonly password: Password;
  /** The hash by the present parameters, when the stored one is outdated. */
  readonly newHash?: string;
}

/**
 * Whether this is the account's password; undefined when it is not. Takes the same time without an account, and for
 * text that no password can be. Throws UNAVAILABLE when too many are waiting.
 */
export async function checkPassword(
  ctx: Context,
  accountId: AccountId | undefined,
  text: string,
): Promise<PasswordCheck | undefined> {
  const stored = accountId === undefined ? undefined : await ctx.read.passwords.find(accountId);
  const normal = normalOf(text);
  const { matches, outdated } = await ctx.hasher.verify(
    normal ?? '',
    normal === undefined ? undefined : stored?.hash,
  );
  if (stored === undefined || !matches) return undefined;
  return outdated ? { password: stored, newHash: await ctx.hasher.hash(normal!) } : { password: stored };
}

function normalOf(text: string): string | undefined {
  try {
    return normalizePassword(text);
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
}
