import type { Context } from '../../kernel/context.ts';
import type { AccountId } from '../../kernel/ids.ts';
import { type Code, mostWrongCodes, nobody } from '../codes/code.ts';

/** The account's one-time password, if the text is it and it still is good. Takes as long without an account. */
export async function findTempPassword(
  ctx: Context,
  accountId: AccountId | undefined,
  text: string,
): Promise<Code | undefined> {
  const code = await ctx.read.codes.find(accountId ?? nobody, 'temp-password');
  if (code === undefined || text.length > 256 || code.hash !== ctx.codes.hash(text)) return undefined;
  return code.expireTime > ctx.clock.now() && code.failures < mostWrongCodes ? code : undefined;
}
