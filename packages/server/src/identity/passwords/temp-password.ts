import type { Context } from '../../kernel/context.ts';
import type { AccountId } from '../../kernel/ids.ts';
import { type Code, nobody } from '../codes/code.ts';

/**
 * Finds the account's one-time password, if `text` is it and it is still valid. Takes the same time without
 * an account.
 */
export async function findTempPassword(
  ctx: Context,
  accountId: AccountId | undefined,
  text: string,
): Promise<Code | undefined> {
  // No password is longer.
  const hash = ctx.codes.hash(text.slice(0, 256));
  const code = await ctx.read.codes.find(accountId ?? nobody, 'temp-password', hash);
  if (code === undefined || text.length > 256) return undefined;
  return ctx.clock.remaining(code.expireTime, code.life) > 0 ? code : undefined;
}
